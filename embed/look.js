// What the painted HTML cannot know: the page's theme and the reader's clock. The widget has the same rules, so that nothing
// changes when it takes over.

// "auto" follows the page as it really looks: one that stays light for readers who prefer dark keeps a light thread, because
// light letters on its white ground could not be read. Where no ground is painted, the page's colour scheme decides.
const themeAround = (host, prefersDark) => {
  for (let around = host; around; around = around.parentElement) {
    const [, red, green, blue, alpha = 1] = /\((\d+), (\d+), (\d+)(?:, ([\d.]+))?/.exec(getComputedStyle(around).backgroundColor) || [];
    if (red && alpha > 0.5) return red * 3 + green * 6 + +blue < 1280 ? "dark" : "light";
  }
  return prefersDark && /dark/.test(getComputedStyle(host).colorScheme) ? "dark" : "light";
};

const writeTimes = (aw, lang) => {
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const units = Object.entries({ year: 525600, month: 43200, day: 1440, hour: 60, minute: 1, second: 0 });
  for (const time of aw.querySelectorAll("time")) {
    const minutes = (new Date(time.dateTime) - Date.now()) / 60000;
    const [unit, size] = units.find(([, size]) => Math.abs(minutes) >= size);
    time.textContent = relative.format(size && (minutes / size) | 0, unit);
  }
};
