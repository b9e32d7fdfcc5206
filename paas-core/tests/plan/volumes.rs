//! Volumes and who writes to them.

use super::*;
use paas_core::{
    application::{Access, Volume},
    scaling::{Bounds, ScalingPolicy},
};

fn with_volume(access: Option<Access>, services: impl IntoIterator<Item = Service>) -> Application {
    let mut application = bank(services);
    let mut volume = Volume::new("data");
    (volume.access, volume.origin) = (access, line(4));
    application.volumes = vec![Volume::new("unused"), volume];
    application
}

fn writer(name: &str) -> Service {
    container(name, "core").mounts("data", "/data")
}

fn reader(name: &str) -> Service {
    writer(name).runs(|container| container.mounts[0].read_only = true)
}

#[test]
fn mounts_name_volumes_that_exist() {
    let app = with_volume(None, [container("db", "core").mounts("dta", "/data").mounts("spool", "/spool")]);
    insta::assert_snapshot!(problems(app), @r"
    bank.yaml:11:5: error[tosca.unknown_node]: `db` mounts `dta`, which is no volume of the application
      help: did you mean `data`?
    bank.yaml:12:5: error[tosca.unknown_node]: `db` mounts `spool`, which is no volume of the application
    ");
}

#[test]
fn a_path_is_used_once() {
    let app = with_volume(None, [container("db", "core").mounts("data", "/data").mounts("unused", "/data/")]);
    insta::assert_snapshot!(problems(app), @r"
    bank.yaml:12:5: error[app.mount_path]: `db` mounts at `/data` twice
      12: `unused` is mounted here
      11: `data` is mounted here
      help: give each mount a path of its own
    ");
}

#[test]
fn one_writer_is_one_container() {
    let one = |service| problems(with_volume(Some(Access::OneWriter), [service, reader("report")]));
    assert_eq!(one(writer("db")), "");
    insta::assert_snapshot!(one(writer("db").runs(|container| container.scale = 3)), @r"
    bank.yaml:11:5: error[app.volume_writers]: the volume `data` allows one writer, but `db` writes to it with 3 containers
      11: `db` mounts it to write
      4: `data` is defined here
      help: run one `db`, let it mount the volume read-only, or allow many writers
    ");
    insta::assert_snapshot!(one(writer("db").runs(|container| container.everywhere = true)), @r"
    bank.yaml:11:5: error[app.volume_writers]: the volume `data` allows one writer, but `db` writes to it from every host
      11: `db` mounts it to write
      4: `data` is defined here
      help: run one `db`, let it mount the volume read-only, or allow many writers
    ");
    let mut planned = with_volume(Some(Access::OneWriter), [writer("db")]);
    planned.policies.push(ScalingPolicy::new("db", "UTC", Bounds { min: 1, max: 4 }));
    insta::assert_snapshot!(problems(planned), @r"
    bank.yaml:11:5: error[app.volume_writers]: the volume `data` allows one writer, but the scaling plan of `db` lets up to 4 containers write to it
      11: `db` mounts it to write
      4: `data` is defined here
      help: run one `db`, let it mount the volume read-only, or allow many writers
    ");
}

#[test]
fn one_writer_is_one_service() {
    let app = |count: usize| {
        let writers = (0..count).map(|number| writer(&format!("db-{number}")));
        with_volume(Some(Access::OneWriter), writers)
    };
    insta::assert_snapshot!(problems(app(2)), @r"
    bank.yaml:21:5: error[app.volume_writers]: the volume `data` allows one writer, but `db-0` and `db-1` write to it
      21: `db-1` mounts it to write
      11: `db-0` mounts it to write
      4: `data` is defined here
      help: let all but one mount it read-only, or allow many writers
    ");
    insta::assert_snapshot!(problems(app(9)), @r"
    bank.yaml:21:5: error[app.volume_writers]: the volume `data` allows one writer, but `db-0`, `db-1`, `db-2`, `db-3` and 5 others write to it
      21: `db-1` mounts it to write
      31: `db-2` mounts it to write
      41: `db-3` mounts it to write
      51: `db-4` mounts it to write
      61: `db-5` mounts it to write
      4: `data` is defined here
      help: let all but one mount it read-only, or allow many writers
    ");
}

#[test]
fn readers_do_not_write() {
    let readers = Some(Access::ManyReaders);
    assert_eq!(problems(with_volume(readers, [reader("a"), reader("b")])), "");
    insta::assert_snapshot!(problems(with_volume(readers, [writer("a"), reader("b")])), @r"
    bank.yaml:11:5: error[app.volume_writers]: the volume `data` is for reading only, but `a` mounts it to write
      11: `a` mounts it to write
      4: `data` is defined here
      help: mount it read-only, or allow one or many writers
    ");
    insta::assert_snapshot!(problems(with_volume(readers, [writer("a"), writer("b"), writer("c")])), @r"
    bank.yaml:11:5: error[app.volume_writers]: the volume `data` is for reading only, but `a`, `b` and `c` mount it to write
      11: `a` mounts it to write
      21: `b` mounts it to write
      31: `c` mounts it to write
      4: `data` is defined here
      help: mount it read-only, or allow one or many writers
    ");
}

#[test]
fn a_service_that_mounts_a_volume_twice_is_still_one_writer() {
    release(with_volume(Some(Access::OneWriter), [writer("db").mounts("data", "/other")]));
}

#[test]
fn the_release_has_the_volumes_that_are_mounted() {
    let mut app = with_volume(
        Some(Access::ManyWriters),
        [
            writer("a").mounts("archive", "/archive").mounts("data", "/again"),
            writer("b"),
            container("c", "dmz"),
        ],
    );
    app.volumes.push(Volume::new("archive"));
    let release = release(app);
    let names: Vec<_> = release.volumes.iter().map(|volume| volume.name.as_str()).collect();
    assert_eq!(names, ["data", "archive"]);
    let parts: Vec<_> =
        release.parts.iter().map(|part| (part.network.name.as_str(), &part.volumes[..])).collect();
    assert_eq!(parts, [("dmz", &[][..]), ("core", &["archive".to_owned(), "data".to_owned()][..])]);
}
