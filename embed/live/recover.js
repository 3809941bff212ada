// A fault inside the WebAssembly ends the widget and nothing else of the page.

const isFault = ({ error }) => error instanceof WebAssembly.RuntimeError && error.stack.includes(import.meta.url);

// The thread stays to be read, what was typed stays in its form (and among the drafts), and a new instance can be asked for.
const recover = (thread, event) => {
  event.preventDefault();
  thread.isLive = false;
  thread.unfollow?.();
  wasm = started = undefined;
  const retry = document.createElement("button");
  retry.textContent = "↻";
  retry.onclick = thread.load;
  stall(thread, retry);
};
