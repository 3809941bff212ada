//! The widget as built: inside the binary, or read from a folder while it is being developed.

use crate::asset::Asset;
use crate::embed_script::EmbedScript;
use afterword_widget::paint;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Script used where no built one is embedded, so that the server's own tests need no build.
const PLAIN_COUNT_SCRIPT: &[u8] = include_bytes!("../../embed/count.js");
const UNBUILT_EMBED_SCRIPT: &[u8] =
    b"((painted) => console.warn('afterword: the widget is not built: cargo xtask dist'))(\"AFTERWORD_PAINTED\");";
/// What runs on the page that shows a thread in a frame.
const FRAME_SCRIPT: &[u8] = include_bytes!("../../embed/frame_page.js");
/// Where assets are served.
const ASSETS: &str = "/assets/";
/// Of the hash in the names of the widget's files.
const WIDGET_HASH_DIGITS: usize = 16;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/assets"]
#[allow_missing = true]
struct Built;

/// Every `embed.js` that was ever released, named by its version. None may be changed or taken away: pages name their hashes.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../embed/released"]
struct Released;

/// What browsers load from this server besides comments.
#[derive(Debug)]
pub struct WidgetFiles {
    embed_script: EmbedScript,
    count_script: Asset,
    released_scripts: BTreeMap<String, Asset>,
    assets: BTreeMap<String, Asset>,
    script_path: String,
    stylesheet_path: String,
    frame_script_path: String,
    development_dir: Option<PathBuf>,
}

impl WidgetFiles {
    /// The files inside this binary.
    pub fn embedded() -> Self {
        let (script, module) = (built("widget.js", "text/javascript"), built("widget.wasm", "application/wasm"));
        let embed_script = EmbedScript::new(named_script("embed.js", UNBUILT_EMBED_SCRIPT));
        let count_script = named_script("count.js", PLAIN_COUNT_SCRIPT);
        // One name for both: `embed.js` finds the module beside the script it is told of.
        let hash = short_hash(script.iter().chain(&module));
        let stylesheet = Asset::small("text/css", Cow::Owned(paint::document_stylesheet().into_bytes()));
        let stylesheet_name = format!("thread-{}.css", short_hash([&stylesheet]));
        let script_path = format!("{ASSETS}widget-{hash}.js");
        let stylesheet_path = format!("{ASSETS}{stylesheet_name}");
        let frame_script = Asset::small("text/javascript", Cow::Borrowed(FRAME_SCRIPT));
        let frame_script_name = format!("frame-{}.js", short_hash([&frame_script]));
        let frame_script_path = format!("{ASSETS}{frame_script_name}");
        let mut assets = BTreeMap::from([(stylesheet_name, stylesheet), (frame_script_name, frame_script)]);
        assets.extend(script.map(|script| (format!("widget-{hash}.js"), script)));
        assets.extend(module.map(|module| (format!("widget-{hash}.wasm"), module)));
        Self {
            released_scripts: released(),
            embed_script,
            count_script,
            assets,
            script_path,
            stylesheet_path,
            frame_script_path,
            development_dir: None,
        }
    }

    /// As [`WidgetFiles::embedded`], with script and module read from `dir` at each request, as Trunk leaves them there.
    pub fn in_development(dir: PathBuf) -> Self {
        let script_path = format!("{ASSETS}widget-dev.js");
        Self { script_path, development_dir: Some(dir), ..Self::embedded() }
    }

    /// Address of the widget's script; its module has the same with `.wasm`.
    pub fn script_path(&self) -> &str {
        &self.script_path
    }

    /// Address of the style sheet for the thread as a document.
    pub fn stylesheet_path(&self) -> &str {
        &self.stylesheet_path
    }

    /// Address of the script of the page that shows a thread in a frame.
    pub fn frame_script_path(&self) -> &str {
        &self.frame_script_path
    }

    /// The one script a page names.
    pub fn embed_script(&self) -> &EmbedScript {
        &self.embed_script
    }

    /// The script that writes comment counts into a page.
    pub fn count_script(&self) -> &Asset {
        &self.count_script
    }

    /// `embed.js` as it was in a release.
    pub fn released_script(&self, version: &str) -> Option<&Asset> {
        self.released_scripts.get(version)
    }

    /// The asset of that name, for ever the same.
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.get(name)
    }

    /// Where the widget's file of this version stands, for the name that it had in another one.
    pub fn current_path(&self, name: &str) -> Option<String> {
        let (stem, extension) = name.strip_prefix("widget-")?.split_once('.')?;
        let is_hash = stem.len() == WIDGET_HASH_DIGITS && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
        let current = match extension {
            "js" => self.script_path.clone(),
            "wasm" => self.script_path.replace(".js", ".wasm"),
            _ => return None,
        };
        let is_there = |path: &str| path.strip_prefix(ASSETS).is_some_and(|name| self.assets.contains_key(name));
        (is_hash && (self.development_dir.is_some() || is_there(&current))).then_some(current)
    }

    /// The file behind an asset that is being developed, and its MIME type.
    pub fn development_file(&self, name: &str) -> Option<(PathBuf, &'static str)> {
        let dir: &Path = self.development_dir.as_deref()?;
        match name {
            "widget-dev.js" => Some((dir.join("afterword-widget.js"), "text/javascript")),
            "widget-dev.wasm" => Some((dir.join("afterword-widget_bg.wasm"), "application/wasm")),
            _ => None,
        }
    }
}

/// A script under a name that stays.
fn named_script(name: &str, plain: &'static [u8]) -> Asset {
    built(name, "text/javascript").unwrap_or_else(|| Asset::small("text/javascript", Cow::Borrowed(plain)))
}

fn built(name: &str, content_type: &'static str) -> Option<Asset> {
    let bytes = |name: &str| Built::get(name).map(|file| file.data);
    let plain = bytes(name)?;
    let (brotli, gzip) = (bytes(&format!("{name}.br")), bytes(&format!("{name}.gz")));
    Some(Asset::new(content_type, plain, brotli, gzip))
}

fn released() -> BTreeMap<String, Asset> {
    let script = |name: Cow<'static, str>| {
        let version = name.strip_suffix(".js")?.to_owned();
        Some((version, Asset::small("text/javascript", Released::get(&name)?.data)))
    };
    Released::iter().filter_map(script).collect()
}

fn short_hash<'a>(files: impl IntoIterator<Item = &'a Asset>) -> String {
    let mut hash = Sha256::new();
    files.into_iter().for_each(|file| hash.update(file.digest()));
    hash.finalize()[..WIDGET_HASH_DIGITS / 2].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_module_share_one_name() {
        let files = WidgetFiles::embedded();
        let module = files.script_path().replace(".js", ".wasm");
        let name = |path: &str| path.strip_prefix(ASSETS).map(str::to_owned).expect("an asset");
        assert_eq!(files.asset(&name(files.script_path())).is_some(), files.asset(&name(&module)).is_some());
    }

    #[test]
    fn only_a_name_that_another_version_could_have_had_leads_to_the_current_file() {
        let files = WidgetFiles::in_development(PathBuf::from("dist"));
        let current = |name: &str| files.current_path(name);
        assert_eq!(current("widget-0123456789abcdef.js").as_deref(), Some("/assets/widget-dev.js"));
        assert_eq!(current("widget-0123456789abcdef.wasm").as_deref(), Some("/assets/widget-dev.wasm"));
        for name in ["widget-dev.js", "widget-0.js", "widget-0123456789abcdeg.js", "widget-0123456789abcdef.css", "thread-0.css"]
        {
            assert_eq!(current(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_from_outside_leads_to_no_file() {
        let files = WidgetFiles::in_development(PathBuf::from("dist"));
        for name in ["../Cargo.toml", "widget-dev.js/../../x", "", "afterword-widget.js"] {
            assert!(files.asset(name).is_none() && files.development_file(name).is_none(), "{name}");
        }
    }
}
