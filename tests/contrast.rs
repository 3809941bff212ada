//! Contrast as WCAG 2.2 computes it, for every pair of colours that the style sheets put upon one another, in both themes.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

/// 1.4.3: text. All of ours is small.
const TEXT: f64 = 4.5;
/// 1.4.11: borders of fields. Focus rings and rails that are lit are drawn in colours of text.
const NON_TEXT: f64 = 3.0;

/// What stands on what, and how clearly. `--aw-color-line` is in no pair: rails and rules at rest repeat what indentation and
/// the words "in reply to" say, and are therefore no means to understand anything (1.4.11).
const PAIRS: [(&str, &str, f64); 15] = [
    ("text", "surface", TEXT),
    ("text", "surface-raised", TEXT),
    ("text", "mark", TEXT),
    ("text-muted", "surface", TEXT),
    ("text-muted", "surface-raised", TEXT),
    ("text-muted", "mark", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "surface-raised", TEXT),
    ("accent", "mark", TEXT),
    ("on-accent", "accent", TEXT),
    ("danger", "surface", TEXT),
    ("danger", "surface-raised", TEXT),
    ("danger", "mark", TEXT),
    ("field-line", "surface", NON_TEXT),
    ("field-line", "mark", NON_TEXT),
];

#[derive(Clone, Copy)]
enum Theme {
    Light,
    Dark,
}

fn sheet(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("style").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of all colours in `tokens.css`, without `--aw-color-`.
fn colours(tokens: &str) -> Vec<&str> {
    tokens.lines().filter_map(|line| line.trim().strip_prefix("--aw-color-")?.split(':').next()).collect()
}

/// A colour's two values stand as `light-dark(light, dark)`.
fn colour<'a>(tokens: &'a str, name: &str, theme: Theme) -> &'a str {
    let start = format!("--aw-color-{name}: light-dark(");
    let (_, rest) = tokens.split_once(&start).unwrap_or_else(|| panic!("no light-dark() for {name}"));
    let (light, rest) = rest.split_once(", ").expect("two values");
    let (dark, _) = rest.split_once(')').expect("a closing bracket");
    match theme {
        Theme::Light => light,
        Theme::Dark => dark,
    }
}

/// Relative luminance of `#rgb` or `#rrggbb`.
fn luminance(hex: &str) -> f64 {
    let digits = hex.strip_prefix('#').unwrap_or_else(|| panic!("no hexadecimal colour: {hex}"));
    let digits: String =
        if digits.len() == 3 { digits.chars().flat_map(|digit| [digit, digit]).collect() } else { digits.to_owned() };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap_or_else(|_| panic!("no colour: {hex}"))) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_what_the_standard_says_it_is() {
    assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 1e-3);
}

#[test]
fn every_pair_of_colours_has_enough_contrast_in_both_themes() {
    let tokens = sheet("tokens.css");
    let mut faint = Vec::new();
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (above, below, wanted) in PAIRS {
            let ratio = contrast(colour(&tokens, above, theme), colour(&tokens, below, theme));
            println!("{theme_name}: {above} on {below}: {ratio:.2}");
            if ratio < wanted {
                faint.push(format!("{theme_name}: {above} on {below} is {ratio:.2}; at least {wanted} is wanted"));
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn every_colour_is_in_a_pair() {
    let tokens = sheet("tokens.css");
    let colours = colours(&tokens);
    assert!(colours.len() >= 10, "{colours:?}");
    for name in colours.into_iter().filter(|name| *name != "line") {
        assert!(
            PAIRS.iter().any(|(above, below, _)| *above == name || *below == name),
            "{name} is upon nothing and below nothing"
        );
    }
}

#[test]
fn initials_can_be_read_on_every_avatar() {
    let sheet = sheet("avatar.css");
    let grounds: Vec<&str> = sheet.lines().filter_map(|line| line.split_once("--aw-avatar: ")?.1.split(';').next()).collect();
    assert_eq!(grounds.len(), 12);
    assert!(sheet.contains("color: #fff;"), "initials are white");
    for ground in grounds {
        let ratio = contrast("#fff", ground);
        assert!(ratio >= TEXT, "white on {ground} is {ratio:.2}");
    }
}
