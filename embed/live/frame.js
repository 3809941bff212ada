// The thread in a frame of the server's own origin: for pages whose policy lets no WebAssembly run, or no HTML be made.

// How long a frame may take to show its thread before a link is offered besides.
const FRAME_WITHIN_MS = 3000;

// Adds a frame below what the reader has, and lets it take the place once the thread in it shows.
const toFrame = (thread) => {
  const { host, options, signal, address } = thread;
  const root = host.shadowRoot;
  const nonce = [...crypto.getRandomValues(new Uint32Array(4))].join("-");
  const { site, pageKey, pageUrl, pageTitle, lang, sort, limit, maxDepth, keys, live, permalink } = options;
  const asked = { site, pageKey, pageUrl, pageTitle, lang, sort, limit, maxDepth, keys, live, theme: thread.followTheme() };
  // Read by the frame alone: a fragment is sent to no server and stands in no log.
  const { fontFamily, fontSize } = getComputedStyle(host);
  const handed = JSON.stringify({ nonce, origin: location.origin, options: asked, permalink, font: { fontFamily, fontSize } });
  const frame = document.createElement("iframe");
  frame.src = address(options, "/frame") + "#" + encodeURIComponent(handed);
  frame.title = pageTitle;
  frame.style.cssText = "display:block;width:100%;height:0;border:0";
  const late = setTimeout(() => stall(thread), FRAME_WITHIN_MS);

  // Rule R8: from this very frame, from the server's origin, with this frame's nonce, a number and nothing else.
  const listen = ({ source, origin, data }) => {
    const isOurs = source == frame.contentWindow && origin == new URL(options.base).origin && data?.nonce === nonce;
    if (!isOurs || !(data.height > 0 && data.height < 1e6)) return;
    frame.style.height = Math.ceil(data.height) + "px";
    if (thread.isLive) return;
    clearTimeout(late);
    thread.isLive = true;
    // Read now and not before: the reader may have gone on typing. To the frame's origin, should something else be in it.
    source.postMessage({ nonce, texts: readTexts(root) }, origin);
    if (root.activeElement) frame.focus();
    for (const child of [...root.childNodes]) child == frame || child.remove();
    host.style.minHeight = "";
    thread.tell("ready");
  };
  addEventListener("message", listen, { signal });
  signal.addEventListener("abort", () => clearTimeout(late));
  root.append(frame);
};

// What was typed into the forms of a thread: pairs of the form's name and the text.
const readTexts = (root) => {
  const typed = [...root.querySelectorAll("form[data-form]")].map(({ dataset, elements }) => [dataset.form, elements.body.value]);
  return typed.filter(([, text]) => text);
};
