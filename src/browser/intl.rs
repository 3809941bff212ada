//! Dates, numbers and plurals in the reader's language: the browser's `Intl`; on the server a plain date that `embed.js` rewrites.

#[cfg(target_arch = "wasm32")]
use in_browser::grouped_number;
#[cfg(target_arch = "wasm32")]
pub use in_browser::{exact_time, plural_category, relative_time};
#[cfg(not(target_arch = "wasm32"))]
use on_server::grouped_number;
#[cfg(not(target_arch = "wasm32"))]
pub use on_server::{exact_time, plural_category, relative_time};

use crate::text::{Lang, Plurals, fill};

/// A text for a number.
#[must_use]
pub fn counted(plurals: &Plurals, lang: Lang, number: u32) -> String {
    fill(plurals.of(plural_category(lang, number)), &grouped_number(lang, number))
}

#[cfg(target_arch = "wasm32")]
mod in_browser {
    use crate::text::{Lang, PluralCategory};
    use js_sys::{Array, Function, Intl, Object, Reflect};
    use std::cell::RefCell;
    use wasm_bindgen::JsValue;

    /// The formats of one language. Making one costs the browser more than drawing a row does: they are made once.
    struct Formats {
        tag: String,
        relative: Intl::RelativeTimeFormat,
        exact: Function,
    }

    thread_local! {
        static FORMATS: RefCell<Option<Formats>> = const { RefCell::new(None) };
        static PLURALS: RefCell<Option<(Lang, Intl::PluralRules)>> = const { RefCell::new(None) };
    }

    impl Formats {
        fn new(tag: &str) -> Self {
            let relative = Intl::RelativeTimeFormat::new(&locales(tag), &options(&[("numeric", "auto")]));
            let exact = Intl::DateTimeFormat::new(&locales(tag), &options(&[("dateStyle", "full"), ("timeStyle", "short")]));
            Self { tag: tag.to_owned(), relative, exact: exact.format() }
        }
    }

    fn with_formats(tag: &str, format: impl FnOnce(&Formats) -> String) -> String {
        FORMATS.with_borrow_mut(|formats| {
            if formats.as_ref().is_none_or(|formats| formats.tag != tag) {
                *formats = Some(Formats::new(tag));
            }
            formats.as_ref().map(format).unwrap_or_default()
        })
    }

    fn options(pairs: &[(&str, &str)]) -> Object {
        let options = Object::new();
        for (name, value) in pairs {
            // Cannot fail on a plain object.
            let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
        }
        options
    }

    fn locales(tag: &str) -> Array {
        Array::of1(&JsValue::from_str(tag))
    }

    /// How long ago a time was, by the same rule as in `embed.js`.
    #[must_use]
    pub fn relative_time(tag: &str, at_ms: i64, now_ms: i64) -> String {
        const UNITS: [(&str, i64); 5] = [("year", 525_600), ("month", 43_200), ("day", 1440), ("hour", 60), ("minute", 1)];
        let ms = at_ms - now_ms;
        let (unit, value) = UNITS
            .into_iter()
            .find(|(_, minutes)| ms.abs() >= minutes * 60_000)
            .map_or(("second", 0), |(unit, minutes)| (unit, ms / (minutes * 60_000)));
        #[expect(clippy::cast_precision_loss, reason = "a number of years, days or minutes")]
        with_formats(tag, |formats| formats.relative.format(value as f64, unit).into())
    }

    /// A time to the minute, in the reader's own time zone.
    #[must_use]
    pub fn exact_time(tag: &str, at_ms: i64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of the years 0 to 9999 fit")]
        let date = js_sys::Date::new(&JsValue::from_f64(at_ms as f64));
        with_formats(tag, |formats| {
            let text = formats.exact.call1(&JsValue::UNDEFINED, &date).ok();
            text.and_then(|text| text.as_string()).unwrap_or_default()
        })
    }

    /// The plural category of a number.
    #[must_use]
    pub fn plural_category(lang: Lang, number: u32) -> PluralCategory {
        let category = PLURALS.with_borrow_mut(|plurals| {
            if plurals.as_ref().is_none_or(|(known, _)| *known != lang) {
                *plurals = Some((lang, Intl::PluralRules::new(&locales(lang.tag()), &Object::new())));
            }
            plurals.as_ref().map(|(_, rules)| String::from(rules.select(f64::from(number)))).unwrap_or_default()
        });
        let known = PluralCategory::ALL.into_iter().find(|known| known.name() == category);
        known.unwrap_or(PluralCategory::Other)
    }

    /// A number with the separators of the language, in the digits 0 to 9.
    pub(super) fn grouped_number(lang: Lang, number: u32) -> String {
        js_sys::Number::from(number).to_locale_string(&[lang.tag(), "-u-nu-latn"].concat()).into()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod on_server {
    use crate::text::plural_rules::plural_rule;
    use crate::text::{Lang, PluralCategory, grouped_number};
    use afterword_wire::Timestamp;

    /// The date. The server's HTML is the same for all readers and kept for a while: it cannot say how long ago.
    #[must_use]
    pub fn relative_time(_tag: &str, at_ms: i64, _now_ms: i64) -> String {
        let time = Timestamp(at_ms).to_string();
        time.split('T').next().unwrap_or_default().to_owned()
    }

    /// The time in UTC: the server knows no other.
    #[must_use]
    pub fn exact_time(_tag: &str, at_ms: i64) -> String {
        Timestamp(at_ms).to_string()
    }

    /// The plural category of a number.
    #[must_use]
    pub fn plural_category(lang: Lang, number: u32) -> PluralCategory {
        // The build refuses a language without a rule.
        plural_rule(lang.tag()).map_or(PluralCategory::Other, |rule| (rule.category)(number))
    }

    /// A number with the separators of the language.
    pub(super) fn grouped_number(lang: Lang, number: u32) -> String {
        grouped_number::grouped_number(lang.tag(), number)
    }
}
