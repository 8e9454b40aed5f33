//! Addresses that matches and plans point to: pages of ours and official pages.

use crate::domain::{
    guidance::{Section, Toolkit},
    search::Kind,
};

/// A page of somebody else, with what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its address.
    pub url: String,
}

/// The page on this site of a thing of that kind; ids as in search.
pub fn page(kind: Kind, id: &str) -> String {
    let folder = match kind {
        Kind::Passage => "toolkits",
        Kind::Library => "library",
        Kind::Action => "charter/actions",
        Kind::Partnership => "partnerships",
        Kind::Course => "courses",
        Kind::Organisation => "organisations",
        Kind::Event => "events",
        Kind::CaseStudy => "case-studies",
    };
    format!("/{folder}/{id}")
}

/// The page on this site of a section or template.
pub fn passage(toolkit: &Toolkit, section: &Section) -> String {
    let folder = if section.format == *"template" { "/templates" } else { "" };
    format!("/toolkits/{}{folder}/{}", toolkit.slug, section.slug)
}

/// The official page a step or section points to: the first marker of an official
/// source that the toolkit knows.
pub fn official(toolkit: &Toolkit, markers: [Option<&str>; 2]) -> Option<Link> {
    let mut sources = markers.into_iter().flatten().filter_map(|marker| toolkit.source(marker));
    let source = sources.find(|source| source.official)?;
    Some(Link {
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        url: source.url.clone(),
    })
}

/// Every section and template of a toolkit.
pub fn texts(toolkit: &Toolkit) -> impl Iterator<Item = &Section> {
    toolkit.sections.iter().chain(&toolkit.templates)
}
