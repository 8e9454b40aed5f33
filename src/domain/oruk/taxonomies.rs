//! Our own taxonomies by name.

use crate::domain::{oruk::id, register::OrganisationKind};

words! {
    /// A taxonomy of ours.
    Taxonomy {
        /// Sectors of the economy.
        Sectors = "sectors", "Sectors of the economy; each stands for sections of SIC 2007";
        /// Groups of people.
        Groups = "groups", "Groups of people that something is made for";
        /// Kinds of course.
        CourseTypes = "course-types", "Kinds of course, each with rules of its own";
        /// Kinds of organisation.
        Kinds = "organisation-kinds", "Kinds of organisation";
    }
}

impl Taxonomy {
    /// Its identifier.
    pub fn id(self) -> String {
        id("taxonomy", &[self.as_str()])
    }

    /// The identifier of one of its terms.
    pub fn term_id(self, slug: &str) -> String {
        id("taxonomy_term", &[self.as_str(), slug])
    }
}

/// The kind of organisation that a term stands for, where the term is one of ours.
pub fn kind_of(term: &str) -> Option<OrganisationKind> {
    let kinds = OrganisationKind::ALL.iter().copied();
    kinds.into_iter().find(|kind| Taxonomy::Kinds.term_id(kind.as_str()) == term)
}
