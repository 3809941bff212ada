// The thread stays to be read, with a plain link to where one can write.
const stall = (thread, ...more) => {
  const { host, options, address, messages } = thread;
  const root = host.shadowRoot;
  const shown = root.querySelector(".aw") || root;
  const link = document.createElement("a");
  link.href = address(options, "/thread");
  link.target = "_blank";
  link.textContent = messages.open_alone;
  const said = document.createElement("p");
  said.className = "aw-notice";
  said.role = "status";
  said.append(messages.stalled, " ", ...more, " ", link);
  thread.said?.remove();
  thread.said = said;
  shown.prepend(said);
};
