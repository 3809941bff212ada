// Follows a thread while somebody can see it. Of all tabs that show it one asks the server and tells the others; and of all threads
// that a browser shows one has a stream: a browser opens only six connections to a server that speaks HTTP/1.1.

// How often who has no stream asks.
const ASK_MS = 30000;
// How long out of sight before the stream is closed.
const UNSEEN_MS = 5000;
// How long changes wait for each other, and for the answer to an own write that brought them about.
const TOGETHER_MS = 400;
const LONGEST_PAUSE_MS = 60000;

// `show` takes a comment as it now stands, as JSON; `place` is where in the log of changes the thread stands that is shown. Returns
// what ends it.
const follow = ({ host, options, signal, address }, show, place = "") => {
  const { base, site, pageKey, live } = options;
  // Without locks nobody could say who listens.
  if (live == "off" || !navigator.locks) return;
  const everywhere = "afterword:live:" + base;
  const here = everywhere + " " + site + " " + pageKey;
  const channel = new BroadcastChannel(here);
  const url = (path) => address(options, path) + "&after=" + place;
  let session, isSeen, isOver, leaving;

  const take = async (at, changes) => {
    place = at;
    if (!changes) [place = at, changes] = await readAnew(url("/v1/thread"), signal);
    setTimeout(() => isOver || changes.forEach(show), TOGETHER_MS);
  };
  const heed = (at, changes) => take(at, changes).catch(() => {});
  const tell = (at, changes) => {
    channel.postMessage([at, changes]);
    heed(at, changes);
  };
  channel.onmessage = ({ data }) => heed(...data);

  const lead = async (ended) => {
    const askNow = () => ask(url("/v1/changes"), ended, tell).catch(() => {});
    const asking = setInterval(askNow, ASK_MS);
    const stop = () => clearInterval(asking);
    ended.addEventListener("abort", stop);
    await navigator.locks.request(everywhere, { signal: ended }, async () => {
      stop();
      for (let tries = 0; !ended.aborted; tries++) {
        if (await listen(url("/v1/live"), ended, tell)) tries = 0;
        await pause(Math.min(1000 * 2 ** tries, LONGEST_PAUSE_MS) * (0.5 + Math.random()), ended);
        // A server without streams is asked instead.
        if (tries) await askNow();
      }
    });
  };

  const start = () => {
    const { signal: ended } = (session = new AbortController());
    let leads;
    const begin = () => {
      leads = true;
      return lead(ended);
    };
    navigator.locks.request(here, { signal: ended }, begin).catch(() => {});
    // What was told while this tab slept.
    pause(1000, ended).then(() => leads || ended.aborted || ask(url("/v1/changes"), ended, heed).catch(() => {}));
  };
  const stop = () => {
    session?.abort();
    session = null;
  };
  const look = () => {
    clearTimeout(leaving);
    if (!isSeen || document.hidden) leaving = setTimeout(stop, UNSEEN_MS);
    else if (!session && !isOver) start();
  };

  const sight = new IntersectionObserver((entries) => {
    isSeen = entries.at(-1).isIntersecting;
    look();
  });
  sight.observe(host);
  document.addEventListener("visibilitychange", look, { signal });
  // Nothing is open that would keep the browser from keeping the page for the way back.
  addEventListener("pagehide", stop, { signal });
  addEventListener("pageshow", look, { signal });
  const end = () => {
    isOver = true;
    clearTimeout(leaving);
    sight.disconnect();
    channel.close();
    stop();
  };
  signal.addEventListener("abort", end);
  return end;
};
