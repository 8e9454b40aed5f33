//! Secret addresses are in no log, whatever is asked of them.

use tempfile::tempdir;

use crate::program::running::{Service, request};

#[test]
fn the_log_names_no_secret_address() {
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &["--demo", "--rate-limit", "0"]);
    let secret = "5ec4e7c0ffee4711";
    let posts = format!(
        "POST /upkeep/{secret} HTTP/1.1\r\n\
         content-type: application/x-www-form-urlencoded\r\n"
    );
    let (status, ..) = request(&service.address, &posts, "action=confirm").unwrap();
    assert_eq!(status, 404);
    for target in [
        format!("/upkeep/{secret}"),
        format!("/upkeep/{secret}?x={secret}"),
        format!("/feeds/{secret}.atom"),
        format!("/feeds/{secret}.atom?before={secret}"),
        format!("/feeds/{secret}"),
        format!("/upkeep/{secret}/more"),
    ] {
        let (status, ..) = service.ask(&target);
        assert!((400..500).contains(&status), "{target}: {status}");
    }
    let ended = service.stop("TERM");
    assert_eq!(ended.code, Some(0));
    assert!(ended.log.contains("/upkeep/{secret}"), "the route is named: {}", ended.log);
    assert!(!ended.log.contains(secret), "{}", ended.log);
}
