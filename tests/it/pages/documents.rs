//! Templates as files.

use super::Browser;
use crate::shown;

const RECORD: &str = "/toolkits/refugees/templates/right-to-work-check-record";

#[actix_web::test]
async fn every_template_is_handed_out_in_every_format_with_the_same_bytes_each_time() {
    let browser = Browser::open().await;
    let snapshot = shown::state().snapshot();
    for toolkit in snapshot.toolkits() {
        for template in &toolkit.templates {
            for (ending, kind) in
                [("docx", "application/vnd"), ("txt", "text/plain"), ("md", "text/markdown")]
            {
                let path =
                    format!("/toolkits/{}/templates/{}.{ending}", toolkit.slug, template.slug);
                let first = browser.get(&path).await;
                assert_eq!(first.status, 200, "{path}");
                assert!(first.header("content-type").starts_with(kind), "{path}");
                let name = format!("attachment; filename=\"{}.{ending}\"", template.slug);
                assert_eq!(first.header("content-disposition"), name);
                assert_eq!(first.body, browser.get(&path).await.body, "{path}");
            }
        }
    }
}

#[actix_web::test]
async fn a_word_document_holds_headings_tables_and_the_words_of_the_template() {
    let file = Browser::open().await.get(&format!("{RECORD}.docx")).await;
    let whole = String::from_utf8_lossy(&file.body).into_owned();
    assert!(whole.starts_with("PK"));
    for part in [
        "word/document.xml",
        "[Content_Types].xml",
        "w:tbl",
        "Heading2",
        "Part 3: what we saw",
        "Guidance, not legal advice.",
        "https://www.gov.uk/view-right-to-work",
    ] {
        assert!(whole.contains(part), "{part}");
    }
    let read = docx_rs::read_docx(&file.body).expect("Word can read it");
    assert!(read.document.children.len() > 20);
}

#[actix_web::test]
async fn a_text_leaves_lines_to_fill_in_and_names_its_sources() {
    let browser = Browser::open().await;
    let text = String::from_utf8(browser.get(&format!("{RECORD}.txt")).await.body).unwrap();
    assert!(text.starts_with("Right to work check record\n====="));
    assert!(text.contains("Signature: ______"), "{text}");
    assert!(text.contains("\nSources\n-------\nR1: "));
    assert!(!text.contains("**") && !text.contains("| ---"));
    let markdown = String::from_utf8(browser.get(&format!("{RECORD}.md")).await.body).unwrap();
    assert!(markdown.starts_with("# Right to work check record\n"));
    assert!(markdown.contains("| --- |") && markdown.contains("## Sources"));
}
