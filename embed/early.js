// What the reader does before the widget is there: seen, remembered in `thread.pending`, and later done by it.

const heedEarly = (thread, root, goLive) => {
  thread.pending = [];
  const on = (type, then) => root.addEventListener(type, (event) => thread.isLive || then(event));

  // What is done twice is remembered once; a branch folded and unfolded is as it was.
  const remember = (act, id, value) => {
    const others = thread.pending.filter((one) => one.act != act || one.id != id);
    if (act != "collapse" || others.length == thread.pending.length) others.push({ act, id, value });
    thread.pending = others;
    goLive();
  };

  // A swap in the middle of a composed character, a click or a selection would lose it: `thread.settled` says when there is none.
  const holdUntil = (type, ...ends) =>
    on(type, () => {
      const ended = new Promise((resolve) => ends.forEach((end) => addEventListener(end, () => setTimeout(resolve), { once: true })));
      thread.settled = Promise.all([thread.settled, ended]);
    });

  on("click", (event) => {
    const control = event.target.closest("button[data-act]");
    if (!control) return;
    const { act, parent } = control.dataset;
    const form = control.closest("form");
    const row = control.closest("li");
    if (act == "reply") openReply(root, row, control);
    // A form's submit button is followed by its submit event.
    else if (control.type != "submit") remember(act, form ? form.dataset.form : parent || (row && row.dataset.id));
  });
  on("change", ({ target }) => target.dataset.act && remember(target.dataset.act, null, target.value));
  on("submit", (event) => {
    event.preventDefault();
    remember("submit", event.target.dataset.form);
  });
  on("keydown", ({ key, ctrlKey, metaKey, target }) => {
    if (key == "Enter" && (ctrlKey || metaKey) && target.form) target.form.requestSubmit();
  });
  on("focusin", goLive);
  holdUntil("compositionstart", "compositionend");
  holdUntil("pointerdown", "pointerup", "pointercancel");
};

const openReply = (root, row, { ariaLabel }) => {
  const { id, depth } = row.dataset;
  let form = root.querySelector(`[data-form="${id}"]`);
  if (!form) {
    form = root.querySelector("[data-form=root]").cloneNode(true);
    form.dataset.form = id;
    form.dataset.open = "";
    Object.assign(form.elements.body, { value: "", ariaLabel });
    const formRow = element("li", { className: "aw-row aw-row--form" }, form);
    formRow.dataset.depth = Math.min(+depth + 1, 7);
    row.after(formRow);
  }
  form.elements.body.focus();
};
