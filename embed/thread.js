// One thread on the page: its first paint, and the way to the widget.

const openThread = (host, options, painted) => {
  const end = new AbortController();
  const { signal } = end;
  // A root that is there already came with the page's own HTML.
  const root = host.shadowRoot || host.attachShadow({ mode: "open" });
  const wish = matchMedia("(prefers-color-scheme: dark)");
  let aw, island, widgetUrl, messages, starting;

  const tell = (name, detail) => host.dispatchEvent(new CustomEvent("afterword:" + name, { bubbles: true, composed: true, detail }));

  // A sentence that screen readers say when they are done with theirs, with ways out.
  const say = (text, way, ...more) => {
    const link = element("a", { href: address(options, "/thread"), target: "_blank" }, way);
    const said = element("p", { className: "aw-notice", role: "status" }, text, ...more, " ", link);
    aw ? aw.prepend(said) : root.replaceChildren(said);
  };

  const load = async () => {
    removeEventListener("online", load);
    aw = island = starting = thread.isLive = null;
    root.replaceChildren("…");
    reserveRoom(host);
    try {
      const answer = await fetch(address(options, "/v1/thread.html"), { credentials: "omit", signal });
      if (!answer.ok) throw 0;
      paint(await answer.text());
    } catch {
      if (signal.aborted) return;
      say("The comments could not be loaded. ", "Open on a page", element("button", { onclick: load }, "Retry"));
      addEventListener("online", load, { signal });
    }
  };

  const paint = (html) => {
    // Read as text: a page may let no HTML be made of it (Trusted Types), and needs the widget's address all the same.
    // Its <style> would be refused, and reported, by a strict policy even in an inert document; a constructed sheet is not.
    const [, css, body, json] = /<style>(.*)<\/style>(.*)<script.*?>(.*)<\/script>/s.exec(html);
    island = json;
    try {
      adopt(new DOMParser().parseFromString(body, "text/html"), css);
    } catch {
      options.frame = 1;
      adopt();
    }
  };

  // Takes over a thread the server has painted: in an answer, or in the page itself, where it stands in the root already.
  const adopt = (source, css) => {
    const { slice, widget_script } = ({ messages } = JSON.parse(island));
    widgetUrl = options.base + widget_script;
    if (source) show(source, css);
    releaseRoom(host, signal);
    tell("thread-loaded", { comment_count: slice.comment_count });
    if (options.frame || options.loading == "eager") goLive();
    else whenNear(host, () => (self.requestIdleCallback || setTimeout)(goLive));
  };

  const show = (source, css) => {
    aw = source.querySelector(".aw");
    // Dates speak the thread's language: the reader's own variant of it, where they have one.
    if (!options.lang.startsWith(aw.lang)) options.lang = aw.lang;
    if (options.maxDepth) aw.dataset.maxDepth = options.maxDepth;
    writeTimes(aw, options.lang);
    root.replaceChildren(aw);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    if (options.css) root.append(element("link", { rel: "stylesheet", href: options.css }));
    followTheme();
    showPermalink();
  };

  const followTheme = (theme = options.theme) => {
    options.theme = theme;
    return ((root.querySelector(".aw") || host).dataset.theme = /^(dark|light)$/.test(theme) ? theme : themeAround(host, wish.matches));
  };

  const showPermalink = () => {
    // As long as an id of ours: not the #comment-42 of another system.
    const [, id] = /^#comment-(\w{13})$/.exec(location.hash) || [];
    if (id) thread.goTo(id);
  };

  const goLive = async () => {
    if (starting || !island) return;
    starting = 1;
    try {
      const { takeOver } = await import(widgetUrl);
      await takeOver(thread, island);
    } catch {
      starting = 0; // The next interaction tries again.
      // A server before 0.2 sends no messages, and has another door to its widget.
      if (messages) say(messages.stalled, messages.open_alone);
    }
  };

  // What the widget's module takes over, and replaces in part: see live/take_over.js.
  const thread = {
    host,
    options,
    signal,
    address,
    load,
    tell,
    followTheme,
    goTo: (id) => {
      options.permalink = id;
      const row = root.getElementById("comment-" + id);
      if (!row) return goLive();
      row.classList.add("aw-row--marked");
      row.scrollIntoView({ block: "center" });
    },
    login: (viewer) => (options.viewer = viewer),
    close: () => {
      end.abort();
      host.remove();
    },
  };

  heedEarly(thread, root, goLive);
  addEventListener("hashchange", () => thread.isLive || showPermalink(), { signal });
  wish.addEventListener("change", () => followTheme(), { signal });

  const json = root.querySelector("script");
  if (json) {
    island = json.textContent;
    adopt(root, root.querySelector("style").textContent);
  } else if (painted) paint(painted);
  else if (options.loading == "lazy") whenNear(host, load);
  else load();
  return thread;
};
