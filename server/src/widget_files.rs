//! The widget as built: inside the binary, or read from a folder while it is being developed.

use crate::asset::Asset;
use afterword_widget::paint;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Script used where no built one is embedded, so that the server's own tests need no build.
const UNBUILT_EMBED_SCRIPT: &[u8] =
    b"((painted) => console.warn('afterword: the widget is not built: cargo xtask dist'))(\"AFTERWORD_PAINTED\");";
/// What runs on the page that shows a thread in a frame.
const FRAME_SCRIPT: &[u8] = include_bytes!("../../embed/frame_page.js");
/// Where assets are served.
const ASSETS: &str = "/assets/";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/assets"]
#[allow_missing = true]
struct Built;

/// What browsers load from this server besides comments.
#[derive(Debug)]
pub struct WidgetFiles {
    embed_script: Asset,
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
        let embed_script = built("embed.js", "text/javascript")
            .unwrap_or_else(|| Asset::small("text/javascript", Cow::Borrowed(UNBUILT_EMBED_SCRIPT)));
        // One name for both: `embed.js` finds the module beside the script it is told of.
        let hash = short_hash(script.iter().chain(&module));
        let stylesheet = Asset::small("text/css", Cow::Borrowed(paint::stylesheet().as_bytes()));
        let stylesheet_name = format!("thread-{}.css", short_hash([&stylesheet]));
        let script_path = format!("{ASSETS}widget-{hash}.js");
        let stylesheet_path = format!("{ASSETS}{stylesheet_name}");
        let frame_script = Asset::small("text/javascript", Cow::Borrowed(FRAME_SCRIPT));
        let frame_script_name = format!("frame-{}.js", short_hash([&frame_script]));
        let frame_script_path = format!("{ASSETS}{frame_script_name}");
        let mut assets = BTreeMap::from([(stylesheet_name, stylesheet), (frame_script_name, frame_script)]);
        assets.extend(script.map(|script| (format!("widget-{hash}.js"), script)));
        assets.extend(module.map(|module| (format!("widget-{hash}.wasm"), module)));
        Self { embed_script, assets, script_path, stylesheet_path, frame_script_path, development_dir: None }
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
    pub fn embed_script(&self) -> &Asset {
        &self.embed_script
    }

    /// The asset of that name, for ever the same.
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.get(name)
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

fn built(name: &str, content_type: &'static str) -> Option<Asset> {
    let bytes = |name: &str| Built::get(name).map(|file| file.data);
    let plain = bytes(name)?;
    let (brotli, gzip) = (bytes(&format!("{name}.br")), bytes(&format!("{name}.gz")));
    Some(Asset::new(content_type, plain, brotli, gzip))
}

fn short_hash<'a>(files: impl IntoIterator<Item = &'a Asset>) -> String {
    let mut hash = Sha256::new();
    files.into_iter().for_each(|file| hash.update(file.digest()));
    hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
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
    fn a_name_from_outside_leads_to_no_file() {
        let files = WidgetFiles::in_development(PathBuf::from("dist"));
        for name in ["../Cargo.toml", "widget-dev.js/../../x", "", "afterword-widget.js"] {
            assert!(files.asset(name).is_none() && files.development_file(name).is_none(), "{name}");
        }
    }
}
