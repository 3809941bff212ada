// One sentence in the console about everything in the options that was not understood, with what is.

const WORDS = {
  sort: "oldest, newest, replies",
  theme: "auto, light, dark",
  loading: "auto, eager, lazy",
  limit: "10, 20, 50, 100",
  maxDepth: "0, 1, 2, 3, 4, 5, 6, 7",
  keys: "on, off",
  live: "on, off",
  new: "on, off",
};
const FREE = ["site", "pageKey", "pageUrl", "pageTitle", "lang", "target", "css", "frame", "viewer"];
// Where an option may come from besides: attributes every element has, and what `embed.js` adds.
const NOT_OURS = /^(data[A-Z].*|aria.*|base|isFramed|permalink|class|id|style|slot|title|dir|hidden|role)$/;

const attribute = (name) => "data-" + name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());

const reportUnclear = (given) => {
  const known = [...FREE, ...Object.keys(WORDS)];
  const unclear = Object.entries(given).flatMap(([name, value]) => {
    if (!known.includes(name)) return NOT_OURS.test(name) ? [] : `${attribute(name)} (known: ${known.map(attribute).join(", ")})`;
    const words = WORDS[name];
    return words && !words.split(", ").includes("" + value) ? `${attribute(name)}="${value}" (accepted: ${words})` : [];
  });
  if (unclear[0]) console.warn("afterword: not understood: " + unclear.join("; "));
};
