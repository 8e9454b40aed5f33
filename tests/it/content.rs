//! Content: from files to values, and what `check` says about them.

mod awkward;
mod broken;
mod demo;
mod shown;

use std::{fs, path::Path};

use chrono::NaiveDate;
use pathways::{
    content::{ContentError, Fault, Files, Level, check, load, reference},
    domain::stage::Stage,
};

/// The files of a folder of tests/content, in which nothing is wrong.
fn good(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content").join(folder);
    let files = Files::read_dir(&folder).unwrap();
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn good_toolkits() -> Vec<(String, String)> {
    good("toolkits")
}

fn good_reference() -> Vec<(String, String)> {
    good("reference")
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn all_faults(toolkits: Vec<(String, String)>, folder: Vec<(String, String)>) -> Vec<Fault> {
    let toolkits: Files = toolkits.into_iter().collect();
    let folder: Files = folder.into_iter().collect();
    check(&load(&toolkits), &reference::load(&folder), today())
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn write(folder: &Path, files: &[(String, String)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn a_good_toolkit_in_a_folder_loads_and_nothing_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &good_toolkits());
    let loaded = load(&Files::read_dir(folder.path()).unwrap());
    let reference = reference::load(&good_reference().into_iter().collect());
    assert_eq!(lines(&check(&loaded, &reference, today())), "");

    let toolkit = &loaded.toolkits[0];
    assert_eq!((toolkit.sections.len(), toolkit.templates.len(), toolkit.steps.len()), (15, 2, 14));
    let section = toolkit.section("night-checks").unwrap();
    assert_eq!(section.stage, Stage::Check);
    assert!(toolkit.template("offer").is_some_and(|letter| letter.format == *"template"));
    assert_eq!(loaded.library[0].title, "The con of the lamp");
    assert_eq!(loaded.vocabulary.terms[1].narrower[0], *"lamp");
}

#[test]
fn the_reference_folder_becomes_a_register_with_its_places() {
    let files: Files = good_reference().into_iter().collect();
    let loaded = reference::load(&files);
    assert_eq!(lines(&loaded.faults), "");
    let (provider, course) = loaded.reference.course("lamp-course").unwrap();
    assert_eq!(provider.venues[0].outcode.as_deref(), Some("OX16"));
    assert_eq!((course.level_from, course.level_to), (Some(0), Some(2)));
    let night = loaded.reference.partnership("night").unwrap();
    assert_eq!(night.cadence.as_deref(), Some("Quarterly. When the moon is full."));
    let kind = loaded.reference.course_type("short-course").unwrap();
    assert_eq!(kind.rules.as_deref(), Some("At most 3 weeks. Ask."));
    assert_eq!(loaded.gazetteer.find("Grimsbury").unwrap().district.as_deref(), Some("Cherwell"));
}

#[test]
fn only_the_demonstration_brings_in_what_is_invented_and_all_of_it_is_marked() {
    let files: Files = good_reference().into_iter().collect();
    let mut register = reference::load(&files).reference;
    assert!(register.partnership("night").unwrap().members.is_empty());
    let demo = reference::demo(&files, &mut register);
    assert_eq!(lines(&demo.faults), "");
    let night = register.partnership("night").unwrap();
    assert!(night.members[0].provenance.fictional && night.needs[0].provenance.fictional);
    assert_eq!(demo.employers[0].slug, *"demo-moth-farm");
    assert_eq!(demo.employers[0].outcode.as_deref(), Some("OX16"));
}

#[test]
fn a_broken_toolkit_is_left_out_and_the_others_are_served() {
    let mut files = good_toolkits();
    let copy: Vec<_> = files
        .iter()
        .filter_map(|(path, text)| {
            let path = path.strip_prefix("gardening/")?;
            Some((format!("broken/{path}"), text.replace("stage = \"check\"", "stage = \"chekc\"")))
        })
        .collect();
    files.extend(copy);
    let loaded = load(&files.into_iter().collect());
    let served: Vec<_> = loaded.toolkits.iter().map(|toolkit| toolkit.slug.as_str()).collect();
    assert_eq!(served, ["gardening"]);
    assert_eq!(loaded.left_out[0].slug, *"broken");
    let first = loaded.faults.first().unwrap();
    assert_eq!(
        first.to_string(),
        "broken/04-part-04.md:3: error: unknown stage \"chekc\" (nearest: check)"
    );
}

#[test]
fn a_broken_library_entry_or_label_takes_no_other_with_it() {
    let mut files = good_toolkits();
    for (path, text) in &mut files {
        if path == "library.toml" {
            let second = text.replace("lamp-book", "Lamp Book");
            text.push_str(&second);
        }
        if path == "vocabulary.toml" {
            text.push_str("\n[[topics]]\nslug = \"Bad Name\"\nlabel = \"Bad\"\n");
        }
    }
    let loaded = load(&files.into_iter().collect());
    assert_eq!((loaded.library.len(), loaded.vocabulary.topics.len()), (1, 2));
    assert_eq!(loaded.faults.len(), 2);
    assert_eq!(loaded.toolkits.len(), 1);
}

#[test]
fn the_hash_follows_the_content_and_not_the_order_of_the_files() {
    let files = good_toolkits();
    let hash = |files: Vec<(String, String)>| load(&files.into_iter().collect()).hash;
    let first = hash(files.clone());
    assert!(first.len() == 71 && first.starts_with("sha256:"), "{first}");
    assert_eq!(first, hash(files.iter().rev().cloned().collect()));
    let mut edited = files.clone();
    edited[0].1.push('!');
    assert_ne!(first, hash(edited));
    let mut moved = files;
    moved[0].0 = "gardening/01-elsewhere.md".to_owned();
    assert_ne!(first, hash(moved));
}

#[test]
fn line_ends_and_byte_order_marks_of_other_editors_change_nothing() {
    let theirs: Vec<_> = good_toolkits()
        .into_iter()
        .map(|(path, text)| (path, format!("\u{feff}{}", text.replace('\n', "\r\n"))))
        .collect();
    let (ours, theirs) =
        (load(&good_toolkits().into_iter().collect()), load(&theirs.into_iter().collect()));
    assert_eq!(lines(&theirs.faults), "");
    assert_eq!((ours.hash, ours.toolkits), (theirs.hash, theirs.toolkits));
}

#[test]
fn only_texts_that_lie_in_the_folder_are_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &good_toolkits());
    let alone = Files::read_dir(folder.path()).unwrap();
    fs::write(folder.path().join("picture.png"), [0, 159]).unwrap();
    fs::write(folder.path().join(".hidden.md"), "x").unwrap();
    assert_eq!(Files::read_dir(folder.path()).unwrap(), alone);

    let refused = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).unwrap();
        let error = Files::read_dir(folder.path()).unwrap_err();
        fs::remove_file(folder.path().join(name)).unwrap();
        error
    };
    assert!(matches!(refused("binary.md", &[0xff, 0xfe]), ContentError::NotText(_)));
    assert!(matches!(refused("large.md", &vec![b'a'; 1_000_001]), ContentError::TooLarge(_)));
    let nowhere = Files::read_dir(&folder.path().join("nowhere"));
    assert!(matches!(nowhere, Err(ContentError::Unreadable { .. })));
}

#[cfg(unix)]
#[test]
fn a_link_may_lead_within_the_folder_and_never_out_of_it() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(folder.path(), &good_toolkits());
    let link = folder.path().join("gardening/16-linked.md");
    std::os::unix::fs::symlink(folder.path().join("gardening/01-part-01.md"), &link).unwrap();
    let files = Files::read_dir(folder.path()).unwrap();
    assert_eq!(files.text("gardening/16-linked.md"), files.text("gardening/01-part-01.md"));

    fs::write(outside.path().join("secret.md"), "secret").unwrap();
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.md"), &link).unwrap();
    assert!(matches!(Files::read_dir(folder.path()), Err(ContentError::Outside(_))));
}

#[test]
fn a_folder_with_too_many_files_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for nth in 0..=2_000 {
        fs::write(folder.path().join(format!("{nth}.md")), "").unwrap();
    }
    assert!(matches!(Files::read_dir(folder.path()), Err(ContentError::TooMany(_))));
}

#[test]
fn the_shipped_content_has_no_error_on_the_day_it_was_checked() {
    let loaded = load(&Files::built_in_toolkits());
    let reference = reference::load(&Files::built_in_reference());
    let faults = check(&loaded, &reference, today());
    let (errors, warnings): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(|fault| fault.level == Level::Error);
    eprintln!("{}", lines(&warnings));
    assert!(errors.is_empty(), "{}", lines(&errors));
    assert!(!loaded.toolkits.is_empty() && !loaded.library.is_empty());
}
