//! H8: the WebAssembly traps, as it does when it panics.

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

/// Once `witness.traps` is set, whatever the module asks of the page next ends in a trap of the module itself.
const TRAPS: &str = "<script>{
    // (module (func (export \"trap\") unreachable))
    const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,8,1,4,116,114,97,112,0,0,10,5,1,3,0,0,11]);
    const { trap } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    const trapping = (imports) => Object.fromEntries(Object.entries(imports).map(([module, functions]) => [module,
      Object.fromEntries(Object.entries(functions).map(([name, of]) => [name, typeof of !== 'function' ? of :
        function (...args) { if (witness.traps) { witness.traps = false; witness.trapped = true; trap(); } return of.apply(this, args); }]))]));
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const original = WebAssembly[name];
      WebAssembly[name] = (source, imports) => original.call(WebAssembly, source, trapping(imports));
    }
  }</script>";

#[tokio::test]
pub async fn a_trap_in_the_wasm_is_said_keeps_the_draft_and_leaves_the_page_alone() -> Result<()> {
    let beside = "<button id=\"mine\" onclick=\"this.textContent = 'pressed'\">the page's own</button>";
    Story::under(HostPage::short().head(TRAPS).after(beside))
        .with(Seed::thread("/article").with_roots(2))
        .with_trouble()
        .tell(async |stage| {
            let page = &stage.page;
            page.open_live("/article").await?;
            page.type_into(ROOT_FORM, "body", "half a thought").await?;
            page.run("witness.traps = true", vec![]).await?;
            page.click("[data-act=reply]").await?;
            page.wait_until("the trap", "return witness.trapped === true").await?;
            let said = "const said = root.querySelector('.aw-notice'); return !!said && said.getClientRects().length > 0";
            page.wait_until("a card that says so", said).await?;
            assert_eq!(page.comments().await?.len(), 2, "the thread can still be read");
            assert_eq!(page.value_of(ROOT_FORM, "body").await?, "half a thought");
            page.run("document.querySelector('#mine').click()", vec![]).await?;
            assert_eq!(page.run("return document.querySelector('#mine').textContent", vec![]).await?, "pressed");
            page.reload().await?;
            page.wait_live().await?;
            assert_eq!(page.value_of(ROOT_FORM, "body").await?, "half a thought", "after a reload");
            Ok(())
        })
        .await
}
