// Writes how many comments pages have: the number into `[data-afterword-count]`, a phrase into links to `…#comments`. All of a
// page is one request, whose address is the same as long as the page names the same pages. `cargo xtask dist` minifies it.
(() => {
  const { src, dataset } = document.currentScript;
  const site = dataset.site || dataset.appId;
  const warn = (text) => console.warn("afterword: " + text);

  const count = () => {
    const lang = dataset.lang || document.documentElement.lang || navigator.language;
    const here = new URL((document.querySelector("link[rel=canonical][href]") || location).href);

    // An empty attribute stands for the page a link leads to, else for this one. Other sites' links are not ours to change.
    const keyOf = ({ dataset, pathname, host }) =>
      dataset.afterwordCount || (!pathname ? here.pathname : [here.host, location.host].includes(host) && pathname);

    const found = document.querySelectorAll("[data-afterword-count],a[href$='#comments']");
    const spots = Array.from(found, (spot) => [keyOf(spot), spot]).filter(([key]) => key);

    const ask = async (pages) => {
      const query = new URLSearchParams([["site", site], ["lang", lang], ...pages.map((page) => ["page", page])]);
      const answer = await fetch(src.replace(/\/count\.js.*/, "/v1/counts?" + query), { credentials: "omit" });
      const { counts, error } = await answer.json();
      if (error) throw error.message;
      for (const { page_key, comment_count, text } of counts) {
        for (const [key, spot] of spots) {
          if (key != page_key) continue;
          if ("afterwordCount" in spot.dataset) spot.textContent = comment_count;
          else if (!spot.firstElementChild) spot.textContent = text;
        }
      }
    };

    // Far below what servers and proxies take: 100 pages, 8 kB of address.
    const pages = [...new Set(spots.map(([key]) => key))].sort();
    while (pages[0]) ask(pages.splice(0, 50)).catch((reason) => warn("counts: " + reason));
  };

  if (!site) return warn("data-site: expected is the site's slug");
  // `embed.js` may come later and bring an `Afterword` of its own.
  const offer = () => ((self.Afterword ||= {}).count = count);
  offer();
  addEventListener("load", offer);
  if (document.readyState == "loading") addEventListener("DOMContentLoaded", count);
  else count();
})();
