//! What stands around every page: head, header, navigation, footer.
//!
//! Every page has one `h1` of its own, a unique title, the same navigation in the
//! same order and the help link in the same place.

use maud::{DOCTYPE, Markup, html};

use crate::web::pages::{assets, calendar, news};

/// The service's name.
pub const SERVICE: &str = "Pathways";

/// The part of the site that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The employer toolkits.
    Toolkits,
    /// The guided plan.
    Plan,
    /// Matches for an employer.
    Match,
    /// The charter and its actions.
    Charter,
    /// The register's organisations, with case studies.
    Organisations,
    /// Events.
    Events,
    /// Workforce development partnerships.
    Partnerships,
    /// Other people's guides.
    Library,
    /// Search, and all that has no place in the menu.
    Elsewhere,
}

const MENU: [(Area, &str, &str); 8] = [
    (Area::Toolkits, "/toolkits", "Toolkits"),
    (Area::Plan, "/plan", "Plan"),
    (Area::Match, "/match", "Match"),
    (Area::Charter, "/charter", "Charter"),
    (Area::Organisations, "/organisations", "Organisations"),
    (Area::Partnerships, "/partnerships", "Partnerships"),
    (Area::Events, "/events", "Events"),
    (Area::Library, "/library", "Library"),
];

/// Whether anything on a page was invented for a demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fiction {
    /// Nothing was.
    None,
    /// Something was, and the page says so.
    Shown,
}

impl From<bool> for Fiction {
    fn from(fictional: bool) -> Self {
        if fictional { Self::Shown } else { Self::None }
    }
}

/// A page without its own content.
#[derive(Debug, Clone)]
pub struct Page {
    title: Vec<String>,
    area: Area,
    crumbs: Vec<(String, String)>,
    fiction: Fiction,
    description: Option<String>,
    seek: bool,
}

impl Page {
    /// A page of that title.
    pub fn new(title: impl Into<String>, area: Area) -> Self {
        Self {
            title: vec![title.into()],
            area,
            crumbs: Vec::new(),
            fiction: Fiction::None,
            description: None,
            seek: true,
        }
    }

    /// Adds the next page on the way from the home page to this one.
    #[must_use]
    pub fn below(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        self.crumbs.push((label.into(), url.into()));
        self
    }

    /// Tells titles of equal pages in different places apart.
    #[must_use]
    pub fn within(mut self, place: impl Into<String>) -> Self {
        self.title.push(place.into());
        self
    }

    /// Says in one sentence what the page gives, for those who list it.
    #[must_use]
    pub fn about(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Says whether something on it is fictional.
    #[must_use]
    pub fn fiction(mut self, fiction: impl Into<Fiction>) -> Self {
        self.fiction = fiction.into();
        self
    }

    /// Leaves out the small search box, where the page has a large one.
    #[must_use]
    pub fn without_seek(mut self) -> Self {
        self.seek = false;
        self
    }

    /// The whole page.
    pub fn render(&self, content: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en-GB" {
                head {
                    meta charset="utf-8";
                    title { (self.full_title()) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    @if let Some(text) = &self.description { meta name="description" content=(text); }
                    link rel="icon" type="image/svg+xml" href=(assets::mark_address());
                    link rel="stylesheet" href=(assets::style_address());
                    link rel="alternate" type="application/atom+xml" title="What is new" href=(news::ADDRESS);
                    link rel="alternate" type="text/calendar" title="Events and dates" href=(calendar::ADDRESS);
                }
                body id="top" {
                    a.skip href="#main" { "Skip to main content" }
                    (self.header())
                    @if self.fiction == Fiction::Shown { (fiction_notice()) }
                    main id="main" tabindex="-1" {
                        div.wrap { (self.crumbs()) }
                        (content)
                    }
                    (footer(self.fiction))
                }
            }
        }
    }

    fn full_title(&self) -> String {
        let mut title = self.title.join(" – ");
        title.push_str(" – ");
        title.push_str(SERVICE);
        title
    }

    fn header(&self) -> Markup {
        html! {
            header.top {
                div.wrap {
                    a.name href="/" { (mark()) span { (SERVICE) } }
                    nav aria-label="Main" {
                        ul.menu {
                            @for (area, url, label) in MENU {
                                li {
                                    a href=(url) aria-current=[(area == self.area).then_some("true")] {
                                        (label)
                                    }
                                }
                            }
                        }
                    }
                    @if self.seek {
                        form.seek role="search" action="/search" method="get" {
                            label.hidden for="seek_q" { "Search all guidance" }
                            input #seek_q type="search" name="q" maxlength="500" autocomplete="off"
                                spellcheck="true";
                            button type="submit" { "Search" }
                        }
                    }
                }
            }
        }
    }

    fn crumbs(&self) -> Markup {
        html! {
            @if !self.crumbs.is_empty() {
                nav aria-label="Breadcrumb" {
                    ol.crumbs {
                        li { a href="/" { "Home" } }
                        @for (label, url) in &self.crumbs { li { a href=(url) { (label) } } }
                    }
                }
            }
        }
    }
}

fn fiction_notice() -> Markup {
    html! {
        aside.ribbon aria-label="Fictional data" {
            div.wrap { "Demonstration: what is marked “Fictional” on this page was invented." }
        }
    }
}

fn footer(fiction: Fiction) -> Markup {
    html! {
        footer.foot {
            div.wrap {
                nav aria-label="Help and about" {
                    ul {
                        li { a href="/about#help" { "Help and contact" } }
                        li { a href="/about" { "About Pathways" } }
                        li { a href="/about#accessibility" { "Accessibility" } }
                        li { a href="/about#privacy" { "Privacy" } }
                        li { a href="/about#ranking" { "How results are ranked" } }
                        li { a href="/reports" { "Reports" } }
                        li { a href="/api/docs" { "For developers" } }
                    }
                }
                p { "Guidance, not legal advice. Every statement of law has a source, a date and a review date." }
                @if fiction == Fiction::Shown {
                    p { "Some of what this page shows is fictional, and is marked so." }
                }
            }
        }
    }
}

/// The service's mark, drawn in the page so that it needs no request.
fn mark() -> Markup {
    html! {
        svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path d="M4 27C11.500 27 10.500 17.500 17 17C22.500 16.500 22 9 28 5.500" fill="none"
                stroke="currentColor" stroke-width="3.400" stroke-linecap="round" {}
            path d="M17 27C20.500 27 21.500 23.500 28 22.500" fill="none" stroke="#ffc94d"
                stroke-width="3.400" stroke-linecap="round" {}
        }
    }
}
