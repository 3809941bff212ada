// Runs first in every document of the tests and takes notes for them.
window.witness = { shift: 0, shifts: [], problems: [], ran: [], painted: null };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    witness.shift += entry.value;
    for (const { node, previousRect: a, currentRect: b } of entry.sources)
      witness.shifts.push(`${node && node.nodeName}.${node && node.className} ${a.y},${a.height} -> ${b.y},${b.height}`);
  }
}).observe({ type: "layout-shift", buffered: true });
addEventListener("error", (event) => event.message && witness.problems.push(event.message));
addEventListener("unhandledrejection", (event) => witness.problems.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => witness.problems.push(event.violatedDirective + " " + event.blockedURI));
addEventListener("afterword:thread-loaded", (event) => (witness.painted = event.target.shadowRoot.querySelector(".aw")));
// What an injected script would call to show that it runs.
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...args) => witness.ran.push([name, ...args].join(" "));
