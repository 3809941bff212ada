// Takes the times that only the page can take. Runs in the head of the measured page, after the witness of the tests.
window.recorder = { painted: 0, live: 0, longest: 0, clicked: 0, focused: 0, keys: [] };

// What is shown after the current task, and when: a message posted in a frame's callback is handled after that frame.
recorder.afterFrame = (then) =>
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(0);
  });

// A timer that is late was held up by another task: the longest wait is the longest task, plus the 4 ms between two ticks.
recorder.tick = (last) => {
  const now = performance.now();
  recorder.longest = Math.max(recorder.longest, now - last);
  setTimeout(recorder.tick, 0, now);
};
recorder.tick(performance.now());

addEventListener("afterword:thread-loaded", ({ target }) => {
  const root = target.shadowRoot;
  recorder.afterFrame((now) => (recorder.painted = now));
  // Inside the shadow root: focus that moves within it is not seen from outside.
  root.addEventListener("focusin", (event) => {
    if (event.target.localName !== "textarea" || recorder.focused) return;
    recorder.afterFrame((now) => (recorder.focused = now));
  });
  new MutationObserver((_, observer) => {
    if (root.querySelector(".aw") === witness.painted) return;
    recorder.live = performance.now();
    observer.disconnect();
  }).observe(root, { childList: true });
});

addEventListener("click", (event) => (recorder.clicked = event.timeStamp), true);

// From each key to the frame that shows its letter.
addEventListener("keydown", ({ timeStamp }) => recorder.afterFrame((now) => recorder.keys.push(now - timeStamp)), true);
