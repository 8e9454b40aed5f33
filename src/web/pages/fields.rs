//! Form fields: groups of choices, each with a legend, a hint and labels.
//!
//! Nothing is required. A choice's identifier is the field's name and its value.

use maud::{Markup, html};

/// A value that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The value that is sent.
    pub value: String,
    /// The words shown.
    pub label: String,
    /// A sentence more.
    pub hint: Option<String>,
}

impl Choice {
    /// A value with its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// The same with a sentence more.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<Option<String>>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

/// A question of a form.
#[derive(Debug)]
pub struct Field<'a> {
    /// The name it is sent under.
    pub name: &'static str,
    /// The question.
    pub legend: &'a str,
    /// How to answer it.
    pub hint: &'a str,
    /// What was chosen or written before.
    pub chosen: &'a [String],
}

impl Field<'_> {
    /// Any number of choices.
    pub fn many(&self, choices: &[Choice]) -> Markup {
        self.group("checkbox", choices, &[])
    }

    /// Any number of choices, the rarer ones folded away unless one is chosen.
    pub fn many_folded(&self, choices: &[Choice], rarer: &[Choice]) -> Markup {
        self.group("checkbox", choices, rarer)
    }

    /// One choice, or none.
    pub fn one(&self, choices: &[Choice]) -> Markup {
        let mut all = vec![Choice::new("", "Not sure, or skip this question")];
        all.extend(choices.iter().cloned());
        self.group("radio", &all, &[])
    }

    fn group(&self, kind: &str, choices: &[Choice], rarer: &[Choice]) -> Markup {
        let open = rarer.iter().any(|choice| self.chosen.contains(&choice.value));
        html! {
            fieldset.field id={ "field_" (self.name) } aria-describedby=[self.hint_id()] {
                legend { (self.legend) }
                (self.hint())
                div.choices { @for choice in choices { (self.choice(kind, choice)) } }
                @if !rarer.is_empty() {
                    details open[open] {
                        summary { (rarer.len()) " more" span.hidden { " answers to: " (self.legend) } }
                        div.choices { @for choice in rarer { (self.choice(kind, choice)) } }
                    }
                }
            }
        }
    }

    fn choice(&self, kind: &str, choice: &Choice) -> Markup {
        let skipped = self.chosen.is_empty() && kind == "radio" && choice.value.is_empty();
        let on = skipped || self.chosen.contains(&choice.value);
        let id = format!("{}_{}", self.name, choice.value.replace(':', "_"));
        html! {
            div.choice {
                input type=(kind) id=(id) name=(self.name) value=(choice.value) checked[on];
                label for=(id) {
                    (choice.label)
                    @if let Some(hint) = &choice.hint { span.hint { (hint) } }
                }
            }
        }
    }

    /// One of a long list, or none.
    pub fn select(&self, choices: &[Choice]) -> Markup {
        html! {
            div.field id={ "field_" (self.name) } {
                label for=(self.name) { (self.legend) }
                (self.hint())
                select id=(self.name) name=(self.name) aria-describedby=[self.hint_id()] {
                    option value="" { "Not sure, or skip this question" }
                    @for choice in choices {
                        option value=(choice.value) selected[self.chosen.contains(&choice.value)] { (choice.label) }
                    }
                }
            }
        }
    }

    /// A line of text.
    pub fn line(&self, most: usize) -> Markup {
        html! {
            div.field id={ "field_" (self.name) } {
                label for=(self.name) { (self.legend) }
                (self.hint())
                input type="text" id=(self.name) name=(self.name) maxlength=(most) autocomplete="off"
                    aria-describedby=[self.hint_id()] value=(self.chosen.first().map_or("", String::as_str));
            }
        }
    }

    fn hint_id(&self) -> Option<String> {
        (!self.hint.is_empty()).then(|| format!("{}__hint", self.name))
    }

    fn hint(&self) -> Markup {
        html! { @if let Some(id) = self.hint_id() { p.hint id=(id) { (self.hint) } } }
    }
}

/// What is wrong with a form, above it; each line leads to its field.
pub fn problems(problems: &[(String, String)]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div.summary role="alert" aria-labelledby="problem" {
                h2 id="problem" { "There is a problem" }
                ul { @for (field, message) in problems { li { a href={ "#field_" (field) } { (message) } } } }
            }
        }
    }
}

/// Hidden fields that send again what was sent.
pub fn kept(pairs: &[(&'static str, &[String])]) -> Markup {
    html! {
        @for (name, values) in pairs {
            @for value in *values { input type="hidden" name=(name) value=(value); }
        }
    }
}
