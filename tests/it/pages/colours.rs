//! Contrast, computed from the stylesheet's own colours in both schemes.

use std::collections::BTreeMap;

use pathways::web::pages::assets::STYLE;

/// Text of the first colour stands on the others.
const TEXT: [(&str, &[&str]); 15] = [
    ("ink", &["paper", "wash", "tint", "note", "care", "alarm"]),
    ("soft", &["paper", "wash", "tint", "note", "care"]),
    ("link", &["paper", "wash", "tint", "note", "care"]),
    ("visited", &["paper", "wash", "tint", "note", "care"]),
    ("link-hover", &["paper", "wash", "tint", "note", "care"]),
    ("band-ink", &["band"]),
    ("band-soft", &["band"]),
    ("band", &["band-ink", "band-soft"]),
    ("action-ink", &["action", "action-hover"]),
    ("action", &["paper", "wash", "tint"]),
    ("action-hover", &["paper", "wash", "tint"]),
    ("mark-ink", &["mark"]),
    ("care-ink", &["care"]),
    ("alarm-ink", &["alarm", "paper"]),
    ("focus", &["paper", "wash", "halo"]),
];
/// Lines that tell a control or a state apart stand on these.
const EDGES: [(&str, &[&str]); 4] = [
    ("edge", &["paper", "wash"]),
    ("focus", &["paper", "wash", "note", "tint"]),
    ("note-edge", &["paper"]),
    ("alarm-edge", &["paper"]),
];

type Colours = BTreeMap<String, [u8; 3]>;

/// The colours of the `:root` block that starts there.
fn colours(style: &str) -> Colours {
    let block = style.split_once(":root {").unwrap().1.split_once('}').unwrap().0;
    let named = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    named
        .map(|(name, hex)| {
            let at = |n: usize| u8::from_str_radix(&hex[n..n + 2], 16).unwrap();
            (name.to_owned(), [at(0), at(2), at(4)])
        })
        .collect()
}

fn schemes() -> [(&'static str, Colours); 2] {
    let (light, dark) = STYLE.split_once("prefers-color-scheme: dark").unwrap();
    [("light", colours(light)), ("dark", colours(dark))]
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn too_faint(pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let mut faint = Vec::new();
    for (scheme, colours) in schemes() {
        for (front, grounds) in pairs {
            for ground in *grounds {
                let ratio = contrast(colours[*front], colours[*ground]);
                if ratio < least {
                    faint.push(format!("{scheme}: {front} on {ground} is {ratio:.2}:1"));
                }
            }
        }
    }
    faint
}

#[test]
fn text_has_a_contrast_of_four_and_a_half_in_light_and_dark() {
    assert_eq!(too_faint(&TEXT, 4.5), Vec::<String>::new());
}

#[test]
fn edges_of_controls_have_a_contrast_of_three_in_light_and_dark() {
    assert_eq!(too_faint(&EDGES, 3.0), Vec::<String>::new());
}

#[test]
fn contrast_is_computed_as_wcag_defines_it() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.005);
}

#[test]
fn both_schemes_name_the_same_colours_and_all_that_the_stylesheet_uses() {
    let [(_, light), (_, dark)] = schemes();
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>());
    for used in STYLE.split("var(--").skip(1) {
        let name = used.split_once(')').unwrap().0;
        assert!(light.contains_key(name), "--{name} is not defined");
    }
}
