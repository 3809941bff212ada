// Runs on `/frame`: mounts the thread that the page around the frame asks for, and tells that page how high it is.
// All it is told stands in the address's fragment, and what was typed comes in one message. It keeps nothing beyond this view.
(() => {
  const { nonce, origin, options, permalink, font } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const { body } = document;
  body.style.cssText = "margin:0;overflow:hidden";
  // The page's own letters, as far as they are the system's: nothing is loaded for them here.
  Object.assign(body.style, font);
  let thread;

  // To the page that made this frame and to no other: another origin would not get the message.
  const tellHeight = () => parent.postMessage({ nonce, height: body.scrollHeight }, origin);

  // What was typed before the thread here was seen, in the forms where it was typed.
  const putBack = ([form, text]) => {
    const { shadowRoot } = thread.element;
    shadowRoot.querySelector(`#comment-${form} [data-act=reply]`)?.click();
    const field = shadowRoot.querySelector(`[data-form="${form}"] textarea`);
    if (field) field.value = text;
  };

  addEventListener("message", ({ source, origin: sender, data }) => {
    const isOurs = source == parent && sender == origin && data?.nonce === nonce;
    if (isOurs && Array.isArray(data.texts)) data.texts.forEach(putBack);
  });

  body.addEventListener("afterword:thread-loaded", () => {
    if (permalink) thread.goTo(permalink);
    new ResizeObserver(tellHeight).observe(body);
  });
  thread = Afterword.mount(body, { ...options, isFramed: true, loading: "eager" });
})();
