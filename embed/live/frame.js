// The thread in a frame of the server's own origin: for pages whose policy lets no WebAssembly run, or no HTML be made.

// How long a frame may take to show its thread before a link is offered besides.
const FRAME_WITHIN_MS = 3000;

// What the page hears of a thread in a frame as of any other; the rest it has heard when the comments first showed.
const TOLD_BY_FRAME = ["comment-created", "request-failed"];

// Adds a frame below what the reader has, and lets it take the place once the thread in it shows.
const toFrame = (thread) => {
  const { host, options, signal, address } = thread;
  const root = host.shadowRoot;
  const nonce = [...crypto.getRandomValues(new Uint32Array(4))].join("-");
  const { site, pageKey, pageUrl, pageTitle, lang, sort, limit, maxDepth, keys, live, permalink, viewer } = options;
  const themeHere = thread.followTheme;
  const asked = { site, pageKey, pageUrl, pageTitle, lang, sort, limit, maxDepth, keys, live, viewer, theme: themeHere() };
  // Read by the frame alone: a fragment is sent to no server and stands in no log.
  const { fontFamily, fontSize } = getComputedStyle(host);
  const handed = JSON.stringify({ nonce, origin: location.origin, options: asked, permalink, font: { fontFamily, fontSize } });
  const frame = document.createElement("iframe");
  frame.src = address(options, "/frame") + "#" + encodeURIComponent(handed);
  frame.title = pageTitle;
  frame.style.cssText = "display:block;width:100%;height:0;border:0";
  const late = setTimeout(() => stall(thread), FRAME_WITHIN_MS);

  // To the server's origin alone, should something else be in the frame.
  const { origin } = new URL(options.base);
  const send = (message) => frame.contentWindow?.postMessage({ nonce, ...message }, origin);

  const takePlace = () => {
    clearTimeout(late);
    thread.isLive = true;
    // Read now and not before: the reader may have gone on typing.
    send({ texts: readTexts(root) });
    for (const act of ["goTo", "login"]) thread[act] = (value) => send({ act, value });
    thread.followTheme = (theme) => send({ act: "setTheme", value: themeHere(theme) });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => thread.followTheme(), { signal });
    const followHash = () => {
      const [, id] = /^#comment-(\w{13})$/.exec(location.hash) || [];
      if (id) thread.goTo(id);
    };
    addEventListener("hashchange", followHash, { signal });
    if (root.activeElement) frame.focus();
    for (const child of [...root.childNodes]) child == frame || child.remove();
    host.style.minHeight = "";
    thread.tell("ready");
  };

  // Rule R8: from this very frame, from the server's origin, with this frame's nonce; numbers within reason, names from a list.
  const listen = ({ source, origin: sender, data }) => {
    if (source != frame.contentWindow || sender != origin || data?.nonce !== nonce) return;
    const { height, top, event, detail } = data;
    if (height > 0 && height < 1e6) {
      frame.style.height = Math.ceil(height) + "px";
      if (!thread.isLive) takePlace();
    }
    if (top >= 0 && top < 1e6) scrollTo(0, scrollY + frame.getBoundingClientRect().top + top - innerHeight / 2);
    if (TOLD_BY_FRAME.includes(event)) thread.tell(event, detail);
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
