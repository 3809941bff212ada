// The widget takes over a painted thread. Where it cannot, a frame does; where that cannot either, a link stands above it.

// The version of what `embed.js` and the server's files promise each other. One apart they go on together.
const CONTRACT = 1;

export const takeOver = async (thread, island) => {
  const { host, options, signal } = thread;
  reportUnclear(options.given);
  const { messages, slice } = JSON.parse(island);
  thread.messages = messages;
  try {
    if (options.frame) throw "data-frame, or a page that lets no HTML be made";
    await startWasm();
    for (let held; held != thread.settled; ) await (held = thread.settled);
    if (signal.aborted) return;
    if (Math.abs((thread.contract || 1) - CONTRACT) > 1) throw `embed.js is of version ${thread.contract}, the server of ${CONTRACT}: load embed.js anew`;
    const { pageKey: page_key, pageUrl: page_url, pageTitle: page_title } = options;
    const control = mount(host, { ...options, page_key, page_url, page_title, is_framed: !!options.isFramed }, island, thread.pending);
    thread.isLive = true;
    thread.goTo = (id) => control("go-to", id);
    signal.addEventListener("abort", () => control("unmount"));
    addEventListener("error", (event) => isFault(event) && recover(thread, event), { signal });
    thread.tell("ready");
    followQuietly(thread, control, slice.as_of);
  } catch (problem) {
    if (signal.aborted) return;
    console.info("afterword: in a frame, because", problem);
    if (!options.isFramed) return toFrame(thread);
    stall(thread);
    // A frame in a frame would fare no better; the next interaction tries again.
    host.shadowRoot.addEventListener("focusin", () => takeOver(thread, island), { once: true, signal });
  }
};

// A page in which nothing can be followed is as whole as it was.
const followQuietly = (thread, control, place) => {
  try {
    thread.unfollow = follow(thread, (text) => control("live", text), place);
  } catch (problem) {
    console.info("afterword: not live, because", problem);
  }
};
