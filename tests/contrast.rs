//! Contrast as WCAG 2.2 computes it, for every pair of colours that the style sheets put upon one another, in both themes; for
//! our own tokens and for those of the examples in `docs/themes`.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// 1.4.3: text. All of ours is small.
const TEXT: f64 = 4.5;
/// 1.4.11: borders of fields. Focus rings and rails that are lit are drawn in colours of text.
const NON_TEXT: f64 = 3.0;

/// What stands on what, and how clearly. `--aw-color-line` is in no pair: rails and rules at rest repeat what indentation and
/// the words "in reply to" say, and are therefore not needed to understand anything (1.4.11).
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

#[derive(Clone, Copy, Debug)]
enum Theme {
    Light,
    Dark,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sheet(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn tokens() -> String {
    sheet(&root().join("style/tokens.css"))
}

/// The examples of the theming guide, each with the themes it shows itself in.
fn examples() -> [(PathBuf, &'static [Theme]); 3] {
    let themes = root().join("docs/themes");
    [
        (themes.join("newspaper.css"), &[Theme::Light]),
        (themes.join("developer-blog.css"), &[Theme::Light, Theme::Dark]),
        (themes.join("dark-magazine.css"), &[Theme::Dark]),
    ]
}

/// The names of all colours in a sheet, without `--aw-color-`.
fn colours(sheet: &str) -> Vec<&str> {
    sheet.lines().filter_map(|line| line.trim().strip_prefix("--aw-color-")?.split(':').next()).collect()
}

/// A colour as a sheet gives it: one value, or `light-dark(light, dark)`.
fn colour(sheet: &str, name: &str, theme: Theme) -> Option<String> {
    let (_, rest) = sheet.split_once(&format!("--aw-color-{name}: "))?;
    let (value, _) = rest.split_once(';')?;
    let Some(both) = value.strip_prefix("light-dark(").and_then(|both| both.strip_suffix(')')) else {
        return Some(value.to_owned());
    };
    let (light, dark) = both.split_once(", ").unwrap_or_else(|| panic!("not two values: {value}"));
    Some(match theme {
        Theme::Light => light.to_owned(),
        Theme::Dark => dark.to_owned(),
    })
}

/// Relative luminance of `#rgb` or `#rrggbb`.
fn luminance(hex: &str) -> f64 {
    let digits = hex.strip_prefix('#').unwrap_or_else(|| panic!("no hexadecimal colour: {hex}"));
    let short = digits.len() == 3;
    let channel = |at: usize| {
        let value = if short { digits[at..=at].repeat(2) } else { digits[at * 2..at * 2 + 2].to_owned() };
        let value = f64::from(u8::from_str_radix(&value, 16).unwrap_or_else(|_| panic!("no colour: {hex}"))) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The pairs that are too faint where a page sets these colours over ours.
fn faint_pairs(page: &str, theme: Theme) -> Vec<String> {
    let tokens = tokens();
    let shown =
        |name: &str| colour(page, name, theme).or_else(|| colour(&tokens, name, theme)).unwrap_or_else(|| panic!("no {name}"));
    let faint = |(above, below, wanted): (&str, &str, f64)| {
        let ratio = contrast(&shown(above), &shown(below));
        (ratio < wanted).then(|| format!("{theme:?}: {above} on {below} is {ratio:.2}; at least {wanted} is wanted"))
    };
    PAIRS.into_iter().filter_map(faint).collect()
}

#[test]
fn contrast_is_what_the_standard_says_it_is() {
    assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 1e-3);
}

#[test]
fn every_pair_of_colours_has_enough_contrast_in_both_themes() {
    for theme in [Theme::Light, Theme::Dark] {
        assert_eq!(faint_pairs("", theme), Vec::<String>::new());
    }
}

#[test]
fn a_faint_pair_is_found() {
    let faint = faint_pairs("--aw-color-text-muted: #999;", Theme::Light);
    assert_eq!(faint.len(), 3, "{faint:?}");
}

#[test]
fn every_colour_is_in_a_pair() {
    let tokens = tokens();
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
fn the_examples_of_the_theming_guide_keep_enough_contrast() {
    for (path, themes) in examples() {
        let page = sheet(&path);
        for theme in themes {
            assert_eq!(faint_pairs(&page, *theme), Vec::<String>::new(), "{}", path.display());
        }
    }
}

#[test]
fn initials_can_be_read_on_every_avatar() {
    let sheet = sheet(&root().join("style/avatar.css"));
    let grounds: Vec<&str> = sheet.lines().filter_map(|line| line.split_once("--aw-avatar: ")?.1.split(';').next()).collect();
    assert_eq!(grounds.len(), 12);
    assert!(sheet.contains("color: #fff;"), "initials are white");
    for ground in grounds {
        let ratio = contrast("#fff", ground);
        assert!(ratio >= TEXT, "white on {ground} is {ratio:.2}");
    }
}
