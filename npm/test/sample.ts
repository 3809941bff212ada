// What a page written in TypeScript does with the package; `tsc` must understand all of it.
import { type Comment, type Handle, load, mount, type ThreadSlice } from "afterword-comments";

const element = document.createElement("section");
const thread: Handle = await mount(element, {
  server: "https://comments.example",
  site: "blog",
  pageKey: "/2026/pears",
  sort: "newest",
  theme: "auto",
});
thread.setTheme("dark");
thread.update({ pageKey: "/2026/plums", lang: "ar" });
thread.destroy();

const afterword = await load("https://comments.example/", { script: "embed-0123.js", integrity: "sha384-…", nonce: "abc" });
afterword.mount(document.createElement("afterword-thread"), { site: "blog" }).goTo("1hcqshevhgz83");
window.Afterword?.count?.();

element.addEventListener("afterword:comment-created", ({ detail }) => announce(detail));
addEventListener("afterword:request-failed", ({ detail }) => console.warn(detail?.code === "rate_limited" && detail.retry_after_s));

const announce = ({ author, created_at }: Comment) => console.log(author?.name ?? "someone", new Date(created_at));

const answer = await fetch("https://comments.example/v1/thread?site=blog&page=/2026/pears");
const slice: ThreadSlice = await answer.json();
console.log(slice.comments.map((comment) => comment.body_html), slice.more?.cursor);

// @ts-expect-error A thread needs its site.
await mount(element, { server: "https://comments.example" });
// @ts-expect-error There is no such order.
thread.update({ sort: "best" });
