// The WebAssembly: fetched and compiled once for all threads of a page.

// How long nothing may come before the download counts as stalled.
const STALLED_AFTER_MS = 3000;

let started;

// Fails with the browser's reason, or when nothing came for a while.
const startWasm = () =>
  (started ||= new Promise((resolve, reject) => {
    let timer;
    const beat = () => {
      clearTimeout(timer);
      timer = setTimeout(reject, STALLED_AFTER_MS, "nothing came for 3 s");
    };
    const start = async () => {
      beat();
      const answer = await fetch(import.meta.url.replace(/js(#.*)?$/, "wasm"), { credentials: "omit" });
      const transform = (chunk, rest) => {
        beat();
        rest.enqueue(chunk);
      };
      const body = answer.body.pipeThrough(new TransformStream({ transform }));
      await __wbg_init({ module_or_path: new Response(body, answer) });
    };
    start().then(resolve, reject).finally(() => clearTimeout(timer));
  }).catch((problem) => {
    started = null;
    throw problem;
  }));
