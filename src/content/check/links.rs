//! Judges where the links of a text lead.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    content::load::Loaded,
    domain::guidance::{Section, Toolkit},
};

/// Every page of ours that a text may link to, with its anchors.
pub(super) struct Pages {
    anchors: BTreeMap<String, BTreeSet<String>>,
    /// Toolkits whose files are only partly readable; links into them are not judged.
    in_doubt: Vec<String>,
}

impl Pages {
    pub(super) fn of(loaded: &Loaded) -> Self {
        let mut anchors = BTreeMap::new();
        for toolkit in &loaded.toolkits {
            let address = format!("/toolkits/{}", toolkit.slug);
            for section in &toolkit.sections {
                anchors.insert(format!("{address}/{}", section.slug), anchors_of(section));
            }
            for template in &toolkit.templates {
                anchors
                    .insert(format!("{address}/templates/{}", template.slug), anchors_of(template));
            }
            anchors.insert(address, BTreeSet::new());
        }
        let served = |folder: &str| loaded.toolkits.iter().any(|toolkit| toolkit.slug == *folder);
        let folders = loaded.files.iter().filter_map(|(path, _)| path.split_once('/'));
        let in_doubt = folders
            .filter(|(folder, _)| !served(folder))
            .map(|(folder, _)| format!("/toolkits/{folder}"))
            .collect();
        Self { anchors, in_doubt }
    }

    /// What is wrong with a link of a section, if anything is.
    pub(super) fn fault(
        &self,
        url: &str,
        toolkit: &Toolkit,
        section: &Section,
    ) -> Option<(&'static str, String)> {
        if url.starts_with('/') || url.starts_with('#') {
            return self.local_fault(url, section).map(|message| ("dead-link", message));
        }
        let listed = toolkit.sources.iter().any(|source| is_page_of(&source.url, url));
        (!listed).then(|| {
            let message = format!("the link {url} is not the address of a source in toolkit.toml");
            ("unlisted-link", message)
        })
    }

    fn local_fault(&self, url: &str, section: &Section) -> Option<String> {
        let (address, anchor) = url.split_once('#').unwrap_or((url, ""));
        let doubtful =
            |folder: &String| address == folder || address.starts_with(&format!("{folder}/"));
        if address.is_empty() {
            let known = anchors_of(section).contains(anchor);
            return (!known).then(|| format!("the page has no part #{anchor}"));
        }
        if self.in_doubt.iter().any(doubtful) {
            return None;
        }
        let Some(anchors) = self.anchors.get(address) else {
            let nearest =
                self.anchors.keys().min_by_key(|known| strsim::levenshtein(known, address));
            let hint = nearest.map_or_else(String::new, |known| format!(" (nearest: {known})"));
            return Some(format!("the link {address} leads nowhere{hint}"));
        };
        let known = anchor.is_empty() || anchors.contains(anchor);
        (!known).then(|| format!("{address} has no part #{anchor}"))
    }
}

/// Whether the address is the source's, whatever part of the page it names.
pub(super) fn is_page_of(source: &str, url: &str) -> bool {
    fn page(url: &str) -> &str {
        url.split('#').next().unwrap_or(url).trim_end_matches('/')
    }
    page(source) == page(url)
}

fn anchors_of(section: &Section) -> BTreeSet<String> {
    let headings = section.passages.iter().map(|passage| passage.anchor.clone());
    let sources = section.sources.iter().map(|id| format!("source-{id}"));
    headings.chain(sources).filter(|anchor| !anchor.is_empty()).collect()
}
