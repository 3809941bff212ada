// Small makers of elements and addresses, used by every part.

const element = (tag, properties, ...content) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
};

const address = ({ base, site, pageKey, sort, lang, limit }, path) =>
  base + path + "?" + new URLSearchParams({ site, page: pageKey, sort, lang, limit });
