//! Rebuilds the program when a migration or a content file changes: both are
//! compiled in by macros that do not notice new files by themselves.

fn main() {
    for folder in ["migrations", "toolkits", "src/content/oxfordshire", "src/web/assets"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
