// Every text in the thread that a reader cannot see whole, as "class: text". Sees `root`, the shadow root.
const measure = document.createElement("canvas").getContext("2d");
const widthOf = (text, field) => {
  const { font, letterSpacing } = getComputedStyle(field);
  Object.assign(measure, { font, letterSpacing });
  return measure.measureText(text).width;
};
const roomOf = (field) => {
  const { paddingLeft, paddingRight } = getComputedStyle(field);
  return field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
};
const cut = [];
const report = (element, text) => cut.push(`${element.className || element.tagName}: ${text.trim()}`);

// What a browser draws inside a control is no text node: it is measured.
for (const field of root.querySelectorAll("input, select")) {
  if (!field.getClientRects().length) continue;
  const isSelect = field.tagName == "SELECT";
  const text = isSelect ? field.selectedOptions[0].text : field.placeholder;
  // The arrow of a select takes about as much as a letter is high.
  const arrow = isSelect ? parseFloat(getComputedStyle(field).fontSize) : 0;
  if (widthOf(text, field) > roomOf(field) - arrow + 1) report(field, text);
}
for (const area of root.querySelectorAll("textarea")) {
  if (area.getClientRects().length && area.scrollHeight > area.clientHeight + 1) report(area, area.placeholder);
}

// Everything else: the box of the text must lie within the screen and within every ancestor that clips.
const clips = (element) => /hidden|clip|auto|scroll/.test(getComputedStyle(element).overflow);
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
for (let node; (node = walker.nextNode()); ) {
  const element = node.parentElement;
  if (!node.data.trim() || element.closest("style, script, select, textarea, .aw-hidden")) continue;
  const range = document.createRange();
  range.selectNode(node);
  for (const box of range.getClientRects()) {
    let isWhole = box.left >= -1 && box.right <= document.documentElement.clientWidth + 1;
    for (let around = element; around; around = around.parentElement) {
      if (!clips(around)) continue;
      const room = around.getBoundingClientRect();
      isWhole &&= box.left >= room.left - 1 && box.right <= room.right + 1 && box.top >= room.top - 2 && box.bottom <= room.bottom + 2;
    }
    if (!isWhole) {
      report(element, node.data);
      break;
    }
  }
}
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth) cut.push(`the page scrolls sideways: ${page.scrollWidth} > ${page.clientWidth}`);
return cut;
