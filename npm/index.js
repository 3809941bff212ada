// Brings `embed.js` of an Afterword server into the page and hands out what it offers. The comments, the widget and everything
// it needs come from that server, in its version; this package only knows the way, so it seldom needs an update.

let loaded;

/** Resolves to `Afterword` once the server's script has run. A page has one server: the first one named, or the one of a tag. */
export const load = (server, { script = "embed.js", integrity, nonce } = {}) => {
  const src = new URL(script, server.replace(/\/*$/, "/")).href;
  loaded ??= self.Afterword?.mount ? Promise.resolve(self.Afterword) : run(src, { integrity, nonce });
  return loaded;
};

/** Puts a thread into an element and resolves to its handle. */
export const mount = async (element, { server, ...options }) => (await load(server)).mount(element, options);

const run = (src, { integrity, nonce }) =>
  new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.onload = () => resolve(self.Afterword);
    tag.onerror = () => {
      tag.remove();
      loaded = undefined; // The next call tries again.
      reject(new Error(`afterword: ${src} cannot be loaded`));
    };
    if (integrity) Object.assign(tag, { integrity, crossOrigin: "anonymous" });
    if (nonce) tag.nonce = nonce;
    tag.src = src;
    document.head.append(tag);
  });
