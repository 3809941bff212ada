// Runs on `/frame`: mounts the thread that the page around the frame asks for, and tells that page how high it is and what
// happens in it. All it is told at first stands in the address's fragment, and what comes later in messages. It keeps nothing
// beyond this view.
(() => {
  const { nonce, origin, options, permalink, font } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const { body } = document;
  body.style.cssText = "margin:0;overflow:hidden";
  // The page's own letters, as far as they are the system's: nothing is loaded for them here.
  Object.assign(body.style, font);
  let thread;

  // To the page that made this frame and to no other: another origin would not get the message.
  const tell = (message) => parent.postMessage({ nonce, ...message }, origin);
  const tellHeight = () => tell({ height: body.scrollHeight });

  // What was typed before the thread here was seen, in the forms where it was typed.
  const putBack = ([form, text]) => {
    const { shadowRoot } = thread.element;
    shadowRoot.querySelector(`#comment-${form} [data-act=reply]`)?.click();
    const field = shadowRoot.querySelector(`[data-form="${form}"] textarea`);
    if (field) field.value = text;
  };

  // A frame cannot scroll the page around it: it says how far down the comment stands, once it is there.
  const goTo = (id) => {
    const { shadowRoot } = thread.element;
    const showPlace = () => {
      const row = shadowRoot.getElementById("comment-" + id);
      if (!row?.classList.contains("aw-row--marked")) return false;
      tellHeight();
      tell({ top: row.getBoundingClientRect().top });
      return true;
    };
    thread.goTo(id);
    if (showPlace()) return;
    const rows = new MutationObserver(() => showPlace() && rows.disconnect());
    rows.observe(shadowRoot, { subtree: true, childList: true, attributeFilter: ["class"] });
  };

  // What the page around may command; the thread checks what it is given.
  const commands = { goTo, login: (viewer) => thread.login(viewer), setTheme: (theme) => thread.setTheme(theme) };

  addEventListener("message", ({ source, origin: sender, data }) => {
    if (source != parent || sender != origin || data?.nonce !== nonce) return;
    if (Array.isArray(data.texts)) data.texts.forEach(putBack);
    if (Object.hasOwn(commands, data.act)) commands[data.act](data.value);
  });

  body.addEventListener("afterword:thread-loaded", () => {
    if (permalink) goTo(permalink);
    new ResizeObserver(tellHeight).observe(body);
  });
  for (const event of ["comment-created", "request-failed"]) {
    body.addEventListener("afterword:" + event, ({ detail }) => tell({ event, detail }));
  }
  thread = Afterword.mount(body, { ...options, isFramed: true, loading: "eager" });
})();
