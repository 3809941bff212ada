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
    const keyOf = ({ dataset, pathname, host }) => {
      if (dataset.afterwordCount) return dataset.afterwordCount;
      if (!pathname) return here.pathname;
      if (host == here.host || host == location.host) return pathname;
    };

    const spots = {};
    for (const spot of document.querySelectorAll("[data-afterword-count],a[href$='#comments']")) {
      const key = keyOf(spot);
      if (key) (spots["/" + key] ||= []).push(spot);
    }

    const ask = async (pages) => {
      try {
        const query = new URLSearchParams([["site", site], ["lang", lang], ...pages.map((page) => ["page", page])]);
        const answer = await fetch(src.replace(/\/count\.js.*/, "/v1/counts?" + query), { credentials: "omit" });
        const { counts, error } = await answer.json();
        if (error) throw error.message;
        for (const { page_key, comment_count, text } of counts) {
          for (const spot of spots["/" + page_key]) {
            if ("afterwordCount" in spot.dataset) spot.textContent = comment_count;
            else if (!spot.firstElementChild) spot.textContent = text;
          }
        }
      } catch (reason) {
        warn("counts: " + reason);
      }
    };

    // Far below what servers and proxies take: 100 pages, 8 kB of address.
    const pages = Object.keys(spots).sort();
    while (pages[0]) ask(pages.splice(0, 50).map((page) => page.slice(1)));
  };

  if (!site) return warn('data-site: expected is the site\'s slug');
  (self.Afterword ||= {}).count = count;
  if (document.readyState == "loading") addEventListener("DOMContentLoaded", count);
  else count();
})();
