//! JavaScript made small.

use anyhow::bail;
use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc::minifier::{Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::span::SourceType;

/// How a browser loads a script; names at its top level are free to change only in a module.
#[derive(Clone, Copy, Debug)]
pub enum Script {
    /// `<script>`.
    Classic,
    /// `import`.
    Module,
}

/// The same program in fewer bytes.
///
/// # Errors
/// `source` is no JavaScript; the sentence says where.
pub fn minify(source: &str, script: Script) -> anyhow::Result<String> {
    let kind = match script {
        Script::Classic => SourceType::script(),
        Script::Module => SourceType::mjs(),
    };
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, source, kind).parse();
    if let Some(problem) = parsed.diagnostics.first() {
        bail!("the script cannot be read: {problem}");
    }
    let minified = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut parsed.program);
    let options = CodegenOptions { comments: CommentOptions::disabled(), ..CodegenOptions::minify() };
    let codegen = Codegen::new().with_options(options).with_scoping(minified.scoping);
    let written = codegen.with_private_member_mappings(minified.class_private_mappings).build(&parsed.program);
    Ok(written.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_names_and_comments_go_and_meaning_stays() {
        let small = minify("/** Says hello. */ export function hello(person) { return 'hello ' + person; }", Script::Module);
        assert_eq!(small.unwrap(), "export function hello(e){return`hello `+e}");
    }

    #[test]
    fn a_script_that_is_none_is_refused() {
        assert!(minify("let = = 3", Script::Classic).is_err());
    }
}
