// A thread that can be commanded: what `Afterword.mount` returns.

// `place` makes the element that will hold the thread and puts it where it belongs.
const mountAt = (place, base, given, painted) => {
  let thread;
  const handle = {
    update: (changes) => {
      thread?.close();
      given = { ...given, ...changes };
      const options = readOptions(base, given);
      const host = (handle.element = place(options));
      handle.isReady = 0;
      replayReady(host, handle);
      thread = openThread(host, options, painted);
      painted = 0;
    },
    reload: () => handle.update(),
    setLang: (lang) => handle.update({ lang }),
    setTheme: (theme) => thread.followTheme((given.theme = theme)),
    goTo: (id) => thread.goTo(id),
    login: (viewer) => thread.login((given.viewer = viewer)),
    logout: () => handle.login({}),
    // Leaves the page as it was.
    destroy: () => thread?.close(),
  };
  handle.update();
  return handle;
};

// `ready` reaches those too who listen after it.
const replayReady = (target, handle) => {
  const listen = target.addEventListener.bind(target);
  listen("afterword:ready", () => (handle.isReady = 1));
  target.addEventListener = (type, listener, options) => {
    listen(type, listener, options);
    if (handle.isReady && type == "afterword:ready") listener(new CustomEvent(type));
  };
};
