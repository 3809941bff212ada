// The two ways to hear what changed: a stream of events, and asking now and then.

// Resolves once the stream has ended; says whether it was ever open.
const listen = (url, signal, tell) =>
  new Promise((resolve) => {
    const source = new EventSource(url);
    let wasOpen = false;
    const end = () => {
      source.close();
      resolve(wasOpen);
    };
    source.onopen = () => (wasOpen = true);
    // The browser's own tries to connect again know no patience.
    source.onerror = end;
    signal.addEventListener("abort", end);
    for (const type of ["comment-created", "comment-edited", "comment-deleted", "reset"])
      source.addEventListener(type, ({ lastEventId, data }) => tell(lastEventId, type != "reset" && [data]));
  });

const ask = async (url, signal, tell) => {
  const answer = await fetch(url, { credentials: "omit", signal });
  if (!answer.ok) return;
  const { as_of = "", is_reset, changes } = await answer.json();
  if (is_reset || changes[0]) tell(as_of, !is_reset && changes.map((written) => JSON.stringify(written)));
};

// The first comments as they now are, in the form of changes.
const readAnew = async (url, signal) => {
  const { as_of = "", comment_count, comments } = await (await fetch(url, { credentials: "omit", signal })).json();
  const changes = comments.map((comment) => JSON.stringify({ comment, author_id: comment.id, comment_count, is_listed: true }));
  return [as_of, changes];
};

const pause = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(clearTimeout(timer)));
  });
