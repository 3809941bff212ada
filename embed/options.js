// What a tag, an element or a call of `mount` asks for, over what the page says by itself. Checked here is only what the server
// would refuse; what else is not understood is reported by the widget's module, see live/report.js.

// Other systems' names, so that a move is one line; and the server's, from `/embed/SLUG.js?page=…`.
const ALIASES = { issoId: "pageKey", pageId: "pageKey", term: "pageKey", appId: "site", issoLang: "lang", page: "pageKey" };

const readOptions = (base, given) => {
  const [pageUrl] = (document.querySelector("link[rel=canonical][href]") || location).href.split("#");
  // Without a prototype: what a page adds to every object is no option.
  const options = {
    __proto__: null,
    given,
    base,
    pageKey: new URL(pageUrl).pathname,
    pageUrl,
    pageTitle: document.title,
    lang: document.documentElement.lang || navigator.language,
  };
  for (const [name, value] of Object.entries(given)) if (value || name == "frame") options[ALIASES[name] || name] = value || 1;
  const { sort, limit, lang } = options;
  options.sort = /^(newest|replies)$/.test(sort) ? sort : "oldest";
  options.limit = /^(10|20|100)$/.test(limit) ? limit : 50;
  try {
    [options.lang] = Intl.getCanonicalLocales(lang);
  } catch {
    options.lang = "en";
  }
  return options;
};
