// The two panels beside the channel. On a window that is not very wide, one at a time.

import { restore, spot } from "./focus.js";
import { view } from "./memory.js";
import { store } from "./store.js";

const NARROW = matchMedia("(max-width: 1280px)");
const CLOSED = { thread: null, inspect: false };
const openers = {};

// `value`: what the view remembers of it.
export function openPanel(name, value) {
  const at = spot();
  if (at) openers[name] = at;
  const other = name === "thread" ? "inspect" : "thread";
  Object.assign(view, { [name]: value }, NARROW.matches ? { [other]: CLOSED[other] } : {});
  store.draw();
}

// The focus goes back to what opened it.
export function closePanel(name) {
  view[name] = CLOSED[name];
  store.draw();
  restore(openers[name]);
  delete openers[name];
}

export function closeOnEscape() {
  for (const [id, name] of [["thread", "thread"], ["log", "inspect"]])
    document.getElementById(id).addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) closePanel(name);
    });
}
