//! Templates as files to keep: Word, plain text, Markdown.
//!
//! The same template gives the same bytes. Links within this site would lead
//! nowhere from a file and become plain words.

mod text;
mod tree;
mod word;

use std::fmt::Write;

use crate::{
    app::AppError,
    domain::guidance::{Citation, Section, Toolkit},
};

/// A form in which a template is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, as Word writes it.
    Word,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

impl Format {
    /// Every format, the most asked for first.
    pub const ALL: [Self; 3] = [Self::Word, Self::Text, Self::Markdown];

    /// The ending of its file names.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Word => "docx",
            Self::Text => "txt",
            Self::Markdown => "md",
        }
    }

    /// The words shown.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Word => "as Word (.docx)",
            Self::Text => "as plain text (.txt)",
            Self::Markdown => "as Markdown (.md)",
        }
    }

    /// The name of the format alone.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Word => "Word",
            Self::Text => "Plain text",
            Self::Markdown => "Markdown",
        }
    }

    /// What it is to a browser.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Text => "text/plain; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }
}

/// A template with everything that a file says about it.
struct Template<'a> {
    section: &'a Section,
    origin: String,
    sources: Vec<&'a Citation>,
}

/// Writes a template as a file.
///
/// # Errors
///
/// [`AppError::Internal`] where the file cannot be packed.
pub fn write(toolkit: &Toolkit, section: &Section, format: Format) -> Result<Vec<u8>, AppError> {
    let dates = section.dates;
    let origin = format!(
        "From Pathways, {}. As of {}, review by {}. Guidance, not legal advice.",
        toolkit.title,
        dates.as_of.format("%-d %B %Y"),
        dates.review_by.format("%-d %B %Y"),
    );
    let sources = section.sources.iter().filter_map(|id| toolkit.source(id)).collect();
    let template = Template { section, origin, sources };
    match format {
        Format::Word => word::write(&template),
        Format::Text => Ok(text::write(&template).into_bytes()),
        Format::Markdown => Ok(markdown(&template).into_bytes()),
    }
}

fn markdown(template: &Template<'_>) -> String {
    let mut out =
        format!("# {}\n\n{}\n", template.section.title, template.section.markdown.trim_end());
    if !template.sources.is_empty() {
        out.push_str("\n## Sources\n\n");
        for source in &template.sources {
            _ = writeln!(
                out,
                "- {}: [{}]({}), {}, {}",
                source.id, source.title, source.url, source.publisher, source.date
            );
        }
    }
    _ = write!(out, "\n{}\n", template.origin);
    out
}
