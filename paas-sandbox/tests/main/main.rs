//! Tests of the sandbox, over its socket.
