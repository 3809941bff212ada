// What the bundlers are given.
import { mount } from "afterword-comments";

mount(document.querySelector("#comments"), { server: "https://comments.example", site: "blog" });
