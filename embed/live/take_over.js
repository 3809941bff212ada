// The widget takes over a painted thread. Where it cannot, a frame does; where that cannot either, a link stands above it.

// The version of what `embed.js` and the server's files promise each other. One apart they go on together.
const CONTRACT = 1;

// How a reader signs, as far as the page says it in words. No name stands for nobody.
const signature = (viewer) => {
  const said = ["name", "email", "website"].filter((field) => typeof viewer?.[field] == "string" && viewer[field]);
  return { name: "", ...Object.fromEntries(said.map((field) => [field, viewer[field]])) };
};

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
    const viewer = options.viewer && signature(options.viewer);
    const told = { ...options, page_key, page_url, page_title, viewer, is_framed: !!options.isFramed };
    const control = mount(host, told, island, thread.pending);
    thread.isLive = true;
    thread.goTo = (id) => control("go-to", id);
    thread.login = (viewer) => control("log-in", JSON.stringify(signature(viewer)));
    signal.addEventListener("abort", () => control("unmount"));
    addEventListener("error", (event) => isFault(event) && recover(thread, event), { signal });
    thread.tell("ready");
    tellSeen(thread, control, slice.as_of);
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
