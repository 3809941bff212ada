// A reader who scrolls through the thread, screen by screen, asks for more wherever it is offered, and notes what a reader would
// suffer from. Sees what `ThreadPage::run` offers; arguments: 1 for down or -1 for up, for how many milliseconds.
const [way, ms] = arguments;
const reader = (self.reader ||= { seen: new Set(), elements: 0, jumps: [], blanks: 0, still: 0 });
const frame = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
const bounds = (element) => element.getBoundingClientRect();
const isInView = (element) => bounds(element).bottom > 0 && bounds(element).top < innerHeight;
const inView = (selector) => [...root.querySelectorAll(selector)].filter(isInView);

// What is in sight stays where it is while rows around it come and go.
const step = async () => {
  scrollBy({ top: way * innerHeight * 0.8, behavior: "instant" });
  const [watched] = inView("li[data-id]");
  const top = watched && bounds(watched).top;
  await frame();
  await frame();
  if (watched && watched.isConnected && Math.abs(bounds(watched).top - top) >= 1) reader.jumps.push(bounds(watched).top - top);
  reader.blanks += inView("li[data-away]").length;
  for (const { dataset } of root.querySelectorAll("li[data-id]")) reader.seen.add(dataset.id);
  reader.elements = Math.max(reader.elements, root.querySelectorAll("*").length);
};

// The first one only: what it brings stands above the next.
const ask = async () => {
  const [button] = inView("[data-act=more]");
  if (!button || way < 0) return;
  button.click();
  for (let frames = 0; frames < 300 && (button.isConnected || isLoading()); frames++)
    await frame();
  // Focus goes to what has come.
  await frame();
  await ask();
};
const isLoading = () => [...root.querySelectorAll("[data-act=more]")].some(({ textContent }) => textContent === "Loading…");

const isAtEnd = () =>
  way < 0 ? scrollY <= 0 : scrollY + innerHeight >= document.documentElement.scrollHeight - 2 && !inView("[data-act=more]").length;

const until = performance.now() + ms;
// What is offered on the first screen too.
await ask();
while (performance.now() < until && reader.still < 5) {
  await step();
  await ask();
  reader.still = isAtEnd() ? reader.still + 1 : 0;
}
const { seen, elements, jumps, blanks, still } = reader;
if (still >= 5) reader.still = 0;
return { seen: seen.size, elements, jumps, blanks, is_done: still >= 5 };
