//! Short names between the widget's glue and its WebAssembly.
//!
//! wasm-bindgen ends the name of each function that crosses over with sixteen digits that nobody can foresee, so that parts of
//! several programs never collide. Ours is whole by then, and what cannot be foreseen cannot be compressed: readers would load
//! the digits of each name twice.

use std::collections::HashMap;
use std::iter;
use walrus::Module;

/// What the glue is called inside the WebAssembly.
const GLUE: &str = "$";

/// Renames what crosses over between `glue` and `module`, but for what the widget itself exports. Returns the new glue.
pub fn shorten(mut glue: String, module: &mut Module) -> String {
    let mut names = Names::default();
    for import in module.imports.iter_mut() {
        import.name = names.short(&import.name);
        let file = std::mem::replace(&mut import.module, GLUE.to_owned());
        glue = glue.replace(&format!("\"{file}\""), &format!("\"{GLUE}\""));
    }
    for export in module.exports.iter_mut().filter(|export| is_generated(&export.name)) {
        export.name = names.short(&export.name);
    }
    names.replaced_in(&glue)
}

/// Names that wasm-bindgen made up; all others are ours.
fn is_generated(export: &str) -> bool {
    export.starts_with("__") || export.starts_with("wasm_bindgen__")
}

/// The short name of each long one.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn short(&mut self, long: &str) -> String {
        let number = self.0.len();
        // The glue's own names never begin so.
        self.0.entry(long.to_owned()).or_insert_with(|| format!("${number}")).clone()
    }

    fn replaced_in(&self, script: &str) -> String {
        let mut rest = script;
        let pieces = iter::from_fn(|| {
            let is_name = rest.starts_with(is_of_a_name);
            let end = rest.find(|letter| is_of_a_name(letter) != is_name).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            rest = after;
            (!piece.is_empty()).then(|| self.0.get(piece).map_or(piece, String::as_str))
        });
        pieces.collect()
    }
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_replaced_where_it_stands_whole_and_nowhere_else() {
        let mut names = Names::default();
        assert_eq!([names.short("__wbg_new_12"), names.short("__wbg_get_7"), names.short("__wbg_new_12")], ["$0", "$1", "$0"]);
        let glue = "const all = { __wbg_new_12: () => wasm.__wbg_get_7(__wbg_get_78) };";
        assert_eq!(names.replaced_in(glue), "const all = { $0: () => wasm.$1(__wbg_get_78) };");
    }

    #[test]
    fn both_sides_speak_of_the_same_names() {
        let mut module = Module::default();
        let signature = module.types.add(&[], &[]);
        module.add_import_func("./widget_bg.js", "__wbg_new_12", signature);
        let glue = shorten("import0 = { __wbg_new_12() {} }; return { \"./widget_bg.js\": import0 };".to_owned(), &mut module);
        let import = module.imports.iter().next().unwrap();
        assert_eq!((import.module.as_str(), import.name.as_str()), ("$", "$0"));
        assert_eq!(glue, "import0 = { $0() {} }; return { \"$\": import0 };");
    }
}
