//! The README's six things to try, tried.

use std::process::Command;

use tempfile::tempdir;

use crate::program::running::Service;

const README: &str = include_str!("../../../README.md");

/// The commands of the section, one a line, comments left out.
fn commands() -> Vec<&'static str> {
    let (_, section) = README.split_once("## Six things to try").unwrap();
    let (_, block) = section.split_once("```sh\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    block.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn the_six_things_to_try_work_as_written() {
    let commands = commands();
    assert_eq!(commands.len(), 6);
    let folder = tempdir().unwrap();
    let service = Service::start(folder.path(), &["--demo"]);
    let expected = [
        "/toolkits/refugees/right-to-work-checks",
        "Charter actions",
        "\"results\":[{",
        "\"steps\"",
        "nDCG@10",
        "Ember & Oat Kitchens (fictional)",
    ];
    for (command, expected) in commands.into_iter().zip(expected) {
        assert!(command.contains("target/release/pathways") || command.contains("127.0.0.1:8080"));
        let here = command
            .replace("target/release/pathways", env!("CARGO_BIN_EXE_pathways"))
            .replace("127.0.0.1:8080", &service.address);
        let ran = Command::new("sh").args(["-c", &here]).current_dir(folder.path()).output();
        let ran = ran.unwrap();
        let out = String::from_utf8(ran.stdout).unwrap();
        assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
        assert!(out.contains(expected), "{command}: no {expected} in {out}");
    }
}
