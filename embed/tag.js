// What runs when the script does: `Afterword` for the page's own scripts, one thread for each `<afterword-thread>`, one for this tag.

const script = document.currentScript;
// `/embed.js`, or `/embed/SLUG.js?page=…`, which brings the painted thread along.
const [, base, slug, query] = /^([^?]*)\/embed(?:\/([^/?]+))?\.js(.*)/.exec(script.src);

const newHost = () => element("div", { className: "afterword" });

// A second tag goes on with the first one's `Afterword`. An element of the page that is called so is none.
if (!self.Afterword?.mount) {
  self.Afterword = { mount: (parent, given) => mountAt(() => parent.appendChild(newHost()), base, given) };
  customElements.define(
    "afterword-thread",
    class extends HTMLElement {
      connectedCallback() {
        if (this.thread) return;
        const given = { ...this.dataset };
        for (const { name, value } of this.attributes) given[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = value;
        this.thread = Afterword.mount(this, given);
        replayReady(this, this.thread);
      }
      // One that is only moved keeps its thread.
      disconnectedCallback() {
        setTimeout(() => this.isConnected || (this.thread = this.thread?.destroy()));
      }
    },
  );
}

const placeForTag = ({ target }) => {
  const parent = target && document.querySelector(target);
  // A thread in the page's own HTML stands right before its tag.
  const near = parent ? parent.lastElementChild : script.previousElementSibling;
  if (near?.shadowRoot?.querySelector("script")) return near;
  const host = newHost();
  parent ? parent.append(host) : script.after(host);
  return host;
};

const mountTag = () => {
  const given = { ...script.dataset };
  if (slug) Object.assign(given, Object.fromEntries(new URLSearchParams(query)), { site: slug });
  // Without a site the tag is there for `<afterword-thread>` and for `Afterword.mount`.
  if (given.site || given.appId) mountAt(placeForTag, base, given, slug && painted);
  else console.info("afterword: no data-site");
};

// An element that the tag points to may still be to come.
if (script.dataset.target && document.readyState == "loading") addEventListener("DOMContentLoaded", mountTag);
else mountTag();
