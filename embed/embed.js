// The one script a page names. It asks the server for the thread as HTML, shows it in a shadow root, keeps what the reader
// types and clicks there, and hands it all to the widget (WebAssembly) once that is wanted. `cargo xtask dist` minifies it.
(() => {
  const script = document.currentScript;
  const given = script.dataset;
  const warn = (text) => console.warn("afterword: data-" + text);

  // ---- Options: from this tag and from nowhere else ----

  const choose = (name, ...accepted) => {
    const value = given[name] || accepted[0];
    if (accepted.includes(value)) return value;
    warn(`${name}="${value}": accepted are ${accepted}`);
    return accepted[0];
  };

  const language = () => {
    const tag = given.lang || document.documentElement.lang || navigator.language;
    try {
      return Intl.getCanonicalLocales(tag)[0];
    } catch {
      warn(`lang="${tag}": accepted are tags like en, ar-EG`);
      return "en";
    }
  };

  const here = document.querySelector("link[rel=canonical][href]") || location;
  const url = new URL(here.href);
  url.hash = "";
  const options = {
    base: script.src.replace(/\/embed\.js.*/, ""),
    site: given.site,
    page_key: given.pageKey || url.pathname,
    page_url: given.pageUrl || url.href,
    page_title: given.pageTitle || document.title,
    lang: language(),
    sort: choose("sort", "oldest", "newest", "replies"),
    theme: choose("theme", "auto", "light", "dark"),
  };
  const loading = choose("loading", "auto", "eager", "lazy");

  const address = (path) =>
    options.base + path + "?" + new URLSearchParams({
      site: options.site,
      page: options.page_key,
      sort: options.sort,
      lang: options.lang,
    });

  // ---- What this file itself says ----

  const [loadingText, failedText, stalledText, retryText, aloneText] = /^ar\b/.test(options.lang)
    ? ["جارٍ التحميل…", "تعذّر تحميل التعليقات.", "الكتابة غير متاحة الآن، وما كتبته باقٍ.", "إعادة المحاولة", "افتحها في صفحة"]
    : ["Loading…", "The comments could not be loaded.", "Writing is not ready; what you typed stays.", "Retry", "Open on a page"];

  const element = (tag, properties, ...content) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...content);
    return made;
  };

  // A sentence that screen readers say when they are done with theirs, with ways out.
  const notice = (...content) => element("p", { className: "aw-notice", role: "status" }, ...content);
  const standalone = () => element("a", { href: address("/thread"), target: "_blank" }, aloneText);

  // ---- Where the thread stands, and the room it will need ----

  let host, root;

  const place = () => {
    host = given.target ? document.querySelector(given.target) : element("div", { className: "afterword" });
    if (!host || host.shadowRoot) return warn(`target="${given.target}": an element without a thread is expected`);
    if (!given.target) script.after(host);
    // Margins inside must not reach through and move the host when they change.
    host.style.display = "flow-root";
    root = host.attachShadow({ mode: "open" });
    listen();
    if (loading == "lazy") whenNear(load);
    else load();
  };

  const whenNear = (then) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        then();
      },
      { rootMargin: "100%" },
    );
    observer.observe(host);
  };

  // Holds the rest of the screen, so that what follows the thread starts below it and nothing seen moves later.
  const reserveRoom = () => {
    const room = innerHeight - host.getBoundingClientRect().top;
    if (room > 0) host.style.minHeight = room + "px";
  };

  // Lets go when a shift is expected (it follows a click or a key) or out of sight.
  const releaseRoom = () => {
    const release = () => (host.style.minHeight = "");
    for (const type of ["click", "keydown"]) addEventListener(type, release, { once: true });
    new IntersectionObserver(([entry]) => entry.boundingClientRect.top > innerHeight && release()).observe(host);
  };

  // ---- First paint: the server's HTML ----

  let aw, island, widgetUrl;

  const load = async () => {
    removeEventListener("online", load);
    root.replaceChildren(notice(loadingText));
    reserveRoom();
    try {
      const answer = await fetch(address("/v1/thread.html"), { credentials: "omit" });
      if (!answer.ok) throw 0;
      paint(await answer.text());
    } catch {
      const retry = element("button", { onclick: load }, retryText);
      root.replaceChildren(notice(failedText, " ", retry, " ", standalone()));
      addEventListener("online", load);
    }
  };

  const paint = (html) => {
    // A <style> element would be refused, and reported, on a page with a strict policy; a constructed sheet is not.
    const [css, body] = html.replace("<style>", "").split("</style>");
    const parsed = new DOMParser().parseFromString(body, "text/html");
    const json = parsed.querySelector("script").textContent;
    const { slice, widget_script } = JSON.parse(json);
    aw = parsed.querySelector(".aw");
    // Dates speak the thread's language: the reader's own variant of it, where they have one.
    if (!options.lang.startsWith(aw.lang)) options.lang = aw.lang;
    followTheme();
    writeTimes();
    root.replaceChildren(aw);
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.prepend(element("style", {}, css));
    }
    island = json;
    widgetUrl = options.base + widget_script;
    releaseRoom();
    showPermalink();
    host.dispatchEvent(
      new CustomEvent("afterword:thread-loaded", {
        bubbles: true,
        composed: true,
        detail: { comment_count: slice.comment_count },
      }),
    );
    if (loading == "eager") goLive();
    else whenNear(() => (self.requestIdleCallback || setTimeout)(goLive));
  };

  // "auto" follows the page as it really looks: one that stays light for readers who prefer dark keeps a light thread, because
  // light letters on its white ground could not be read. Where no ground is painted, the page's colour scheme decides.
  const followTheme = () => {
    const wish = matchMedia("(prefers-color-scheme: dark)");
    const auto = () => {
      for (let around = host; around; around = around.parentElement) {
        const [, red, green, blue, alpha = 1] = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?/.exec(getComputedStyle(around).backgroundColor) || [];
        if (red && alpha > 0.5) return red * 3 + green * 6 + +blue < 1280 ? "dark" : "light";
      }
      return wish.matches && /dark/.test(getComputedStyle(host).colorScheme) ? "dark" : "light";
    };
    const follow = () => {
      const shown = root.querySelector(".aw") || aw;
      shown.dataset.theme = options.theme == "auto" ? auto() : options.theme;
    };
    follow();
    wish.onchange = follow;
  };

  // The same rule as the widget's, so that nothing changes when it takes over.
  const writeTimes = () => {
    const relative = new Intl.RelativeTimeFormat(options.lang, { numeric: "auto" });
    const exact = new Intl.DateTimeFormat(options.lang, { dateStyle: "full", timeStyle: "short" });
    const units = Object.entries({ year: 525600, month: 43200, day: 1440, hour: 60, minute: 1, second: 0 });
    for (const time of aw.querySelectorAll("time")) {
      const at = new Date(time.dateTime);
      const minutes = (at - Date.now()) / 60000;
      const [unit, size] = units.find(([, size]) => Math.abs(minutes) >= size);
      time.textContent = relative.format(size && Math.trunc(minutes / size), unit);
      time.title = exact.format(at);
    }
  };

  const showPermalink = () => {
    // An id of ours, not the #comment-42 of another system.
    const [, id] = /^#comment-([\da-f][\da-hjkmnp-tv-z]{12})$/.exec(location.hash) || [];
    if (!id || !island) return;
    options.permalink = id;
    const row = root.getElementById("comment-" + id);
    if (!row) return goLive();
    row.classList.add("aw-row--marked");
    row.scrollIntoView({ block: "center" });
  };

  // ---- What the reader does before the widget is there ----

  let isLive, settled;
  let pending = [];

  const listen = () => {
    const on = (target, type, then) => target.addEventListener(type, (event) => isLive || then(event));
    on(root, "click", (event) => {
      const control = event.target.closest("button[data-act]");
      if (control) act(control);
    });
    on(root, "change", ({ target }) => target.dataset.act && remember(target.dataset.act, null, target.value));
    on(root, "submit", (event) => {
      event.preventDefault();
      remember("submit", event.target.dataset.form);
    });
    on(root, "keydown", ({ key, ctrlKey, metaKey, target }) => {
      if (key == "Enter" && (ctrlKey || metaKey) && target.form) target.form.requestSubmit();
    });
    on(root, "focusin", () => goLive());
    on(self, "hashchange", showPermalink);
    // A swap in the middle of a composed character, a click or a selection would lose it.
    on(root, "compositionstart", () => holdUntil("compositionend"));
    on(root, "pointerdown", () => holdUntil("pointerup", "pointercancel"));
  };

  const holdUntil = (...ends) => {
    const ended = new Promise((resolve) => ends.forEach((end) => addEventListener(end, () => setTimeout(resolve), { once: true })));
    settled = Promise.all([settled, ended]);
  };

  const act = (control) => {
    const { act, parent } = control.dataset;
    const form = control.closest("form");
    const row = control.closest("li");
    if (act == "reply") openReply(row, control);
    // A form's submit button is followed by its submit event.
    else if (control.type != "submit") remember(act, form ? form.dataset.form : parent || (row && row.dataset.id));
  };

  // What is done twice is remembered once; a branch folded and unfolded is as it was.
  const remember = (act, id, value) => {
    const others = pending.filter((one) => one.act != act || one.id != id);
    if (act != "collapse" || others.length == pending.length) others.push({ act, id, value });
    pending = others;
    goLive();
    setTimeout(() => isLive || stall(), 10000);
  };

  const openReply = (row, control) => {
    const { id, depth } = row.dataset;
    let form = root.querySelector(`[data-form="${id}"]`);
    if (!form) {
      form = root.querySelector("[data-form=root]").cloneNode(true);
      form.dataset.form = id;
      form.dataset.open = "";
      form.elements.body.value = "";
      form.elements.body.ariaLabel = control.ariaLabel;
      const formRow = element("li", { className: "aw-row aw-row--form" }, form);
      formRow.dataset.depth = Math.min(+depth + 1, 7);
      row.after(formRow);
    }
    form.elements.body.focus();
  };

  // ---- The widget takes over ----

  let starting, stalled;

  const goLive = async () => {
    if (starting || !island) return;
    starting = true;
    try {
      const [widget, wasm] = await Promise.all([
        import(widgetUrl),
        fetch(widgetUrl.replace(/js$/, "wasm"), { credentials: "omit" }),
      ]);
      await widget.default({ module_or_path: wasm });
      for (let held; held != settled; ) await (held = settled);
      widget.mount(host, options, island, pending);
      isLive = true;
    } catch {
      starting = false; // The next interaction tries again.
      if (pending[0] || root.querySelector("[data-open]")) stall();
    }
  };

  const stall = () => {
    if (!stalled) aw.prepend((stalled = notice(stalledText, " ", standalone())));
  };

  // An element that the tag points to may still be to come.
  if (!options.site) warn("site: expected is the site's slug");
  else if (given.target && document.readyState == "loading") addEventListener("DOMContentLoaded", place);
  else place();
})("AFTERWORD_PAINTED");
