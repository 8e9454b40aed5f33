//! The lists of codes as they are known at a moment, and finding codes by words.

use std::sync::{Arc, LazyLock};

use crate::{
    content::classifications,
    domain::classification::{Classification, Code, Scheme},
    search::short::ShortTexts,
    store::{self, Conn, StoreError},
};

/// Both lists of codes.
#[derive(Debug)]
pub struct Classifications {
    sic: Listed,
    soc: Listed,
}

#[derive(Debug)]
struct Listed {
    known: Classification,
    codes: Vec<Code>,
    titles: ShortTexts,
}

impl Listed {
    fn new(known: Classification) -> Self {
        let codes: Vec<Code> = known.codes().cloned().collect();
        let titles = ShortTexts::new(codes.iter().map(|one| &one.title));
        Self { known, codes, titles }
    }
}

impl Classifications {
    /// The structure that ships, without anything that was loaded.
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: LazyLock<Arc<Classifications>> = LazyLock::new(|| {
            let list = |scheme| Listed::new(classifications::structure(scheme));
            Arc::new(Classifications { sic: list(Scheme::Sic), soc: list(Scheme::Soc) })
        });
        SHIPPED.clone()
    }

    /// The structure that ships with what the database has over it.
    pub fn load(conn: &mut Conn) -> Result<Arc<Self>, StoreError> {
        let mut list = |scheme| {
            let loaded = store::classifications::loaded(conn, scheme)?;
            let source = loaded.source.unwrap_or_default();
            Ok::<_, StoreError>(classifications::structure(scheme).with(source, loaded.codes))
        };
        let (sic, soc) = (list(Scheme::Sic)?, list(Scheme::Soc)?);
        let shipped = Self::shipped();
        if [&sic, &soc] == [&shipped.sic.known, &shipped.soc.known] {
            return Ok(shipped);
        }
        Ok(Arc::new(Self { sic: Listed::new(sic), soc: Listed::new(soc) }))
    }

    fn listed(&self, scheme: Scheme) -> &Listed {
        match scheme {
            Scheme::Sic => &self.sic,
            Scheme::Soc => &self.soc,
        }
    }

    /// A list of codes.
    pub fn of(&self, scheme: Scheme) -> &Classification {
        &self.listed(scheme).known
    }

    /// The codes whose titles have every word asked for, best first; those that begin with
    /// a code that is asked for; all of them, in their order, if nothing is.
    pub fn find(&self, scheme: Scheme, asked: &str) -> Vec<&Code> {
        let listed = self.listed(scheme);
        let code = scheme.code(asked);
        if let Some(code) = code.filter(|code| code.bytes().all(|b| b.is_ascii_digit())) {
            return listed.codes.iter().filter(|one| one.code.starts_with(&code)).collect();
        }
        let found = listed.titles.find(asked).into_iter();
        found.filter_map(|found| listed.codes.get(found.nth)).collect()
    }

    /// Why a code is refused, in a sentence with the nearest that there are; `None` for
    /// one that stands in its list.
    pub fn refusal(&self, scheme: Scheme, code: &str) -> Option<String> {
        let known = self.of(scheme);
        if known.has(code) {
            return None;
        }
        let near: Vec<String> = known
            .nearest(code, 3)
            .iter()
            .map(|one| format!("{} {}", one.code, one.title))
            .collect();
        Some(format!("{} has no such code. The nearest are: {}.", scheme.label(), near.join("; ")))
    }
}
