// The room a thread will need, held while it is on its way.

const whenSeen = (host, rootMargin, isIt, then) => {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(isIt)) return;
      observer.disconnect();
      then();
    },
    { rootMargin },
  );
  observer.observe(host);
};

const whenNear = (host, then) => whenSeen(host, "100%", (entry) => entry.isIntersecting, then);

// Holds the rest of the screen, so that what follows the thread starts below it and nothing seen moves later.
const reserveRoom = (host) => {
  const room = innerHeight - host.getBoundingClientRect().top;
  if (room > 0) host.style.minHeight = room + "px";
};

// Lets go when a shift is expected (it follows a click or a key) or out of sight.
const releaseRoom = (host, signal) => {
  const release = () => (host.style.minHeight = "");
  for (const type of ["click", "keydown"]) addEventListener(type, release, { signal });
  whenSeen(host, "0px", (entry) => entry.boundingClientRect.top > innerHeight, release);
};
