//! The server counts, and writes numbers, as the browser does, so that nothing changes when the widget takes over.
#![cfg(target_arch = "wasm32")]

use afterword_widget::text::PluralCategory;
use afterword_widget::text::grouped_number::grouped_number;
use afterword_widget::text::plural_rules::PLURAL_RULES;
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn browsers_rules(language: &str) -> Intl::PluralRules {
    Intl::PluralRules::new(&Array::of1(&language.into()), &Object::new())
}

#[wasm_bindgen_test]
fn every_number_has_the_category_that_the_browser_gives_it() {
    for rule in PLURAL_RULES {
        for language in rule.languages {
            let rules = browsers_rules(language);
            for number in (0..=1_200).chain([10_001, 99_999, 100_000, 999_999, 1_000_000, 2_000_000, 1_000_001]) {
                let wanted = String::from(rules.select(f64::from(number)));
                assert_eq!((rule.category)(number).name(), wanted, "{number} in {language}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn every_number_is_written_as_the_browser_writes_it() {
    for language in PLURAL_RULES.iter().flat_map(|rule| rule.languages) {
        let tag = if *language == "pt" { "pt-BR" } else { language };
        for number in [0, 7, 999, 1_000, 9_999, 10_000, 123_456, 1_234_567, 4_294_967_295] {
            let wanted = String::from(js_sys::Number::from(number).to_locale_string(&format!("{tag}-u-nu-latn")));
            assert_eq!(grouped_number(tag, number), wanted, "{number} in {tag}");
        }
    }
}

#[wasm_bindgen_test]
fn every_language_has_the_categories_that_the_browser_knows() {
    for rule in PLURAL_RULES {
        for language in rule.languages {
            let options = browsers_rules(language).resolved_options();
            let known = Reflect::get(&options, &"pluralCategories".into()).expect("an option");
            let known: Vec<String> =
                known.unchecked_into::<Array>().iter().filter_map(|name: JsValue| name.as_string()).collect();
            for category in PluralCategory::ALL {
                let name = category.name();
                assert_eq!(rule.categories.contains(&category), known.iter().any(|known| known == name), "{name} in {language}");
            }
        }
    }
}
