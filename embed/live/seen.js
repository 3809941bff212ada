// Tells the widget while its thread is on screen: what is there by then will not be new the next time.

const SEEN_AFTER_MS = 3000;
const LOOK_EVERY_MS = 20000;

// `place` is where in the log of changes the thread stood that is shown.
const tellSeen = ({ host, signal }, control, place) => {
  const look = () => {
    const { top, bottom } = host.getBoundingClientRect();
    if (!document.hidden && top < innerHeight && bottom > 0) control("seen", place);
  };
  const timers = [setTimeout(look, SEEN_AFTER_MS), setInterval(look, LOOK_EVERY_MS)];
  addEventListener("pagehide", look, { signal });
  signal.addEventListener("abort", () => timers.forEach(clearTimeout));
};
