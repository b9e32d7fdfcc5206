"""How gunicorn serves the Keystone of the tests; started in the folder that it runs in, without arguments."""

import os
import signal
import sys
import threading
import time

# Keystone reads the arguments of the process as its own, and dies of those of gunicorn.
sys.argv = sys.argv[:1]

wsgi_app = "keystone.wsgi.api:application"
# Any free port: it is told in the file `port`, so that no other process can take it in between.
bind = "127.0.0.1:0"
workers = 1


def when_ready(server):
    """Tells the port, and sees to it that nothing is left when whoever started this is gone."""
    port = server.LISTENERS[0].sock.getsockname()[1]
    with open("port.new", "w", encoding="ascii") as file:
        file.write(str(port))
    os.rename("port.new", "port")
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
