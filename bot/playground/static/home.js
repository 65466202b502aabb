// The app's Home tab, which the bot draws when somebody opens it.

import { renderBlocks } from "./blocks.js";
import { make, wrap } from "./dom.js";
import { readFields } from "./fields.js";
import { drawKeyed } from "./keyed.js";
import { view } from "./memory.js";
import { act, store, surroundings } from "./store.js";

const box = document.getElementById("home");

export const openHome = () => act({ kind: "home" });

export function drawHome() {
  box.hidden = view.channel !== "home";
  if (box.hidden) return;
  const { home } = store.state;
  drawKeyed(box, [["home", JSON.stringify([view.user, home?.hash]), () => draw(home)]]);
}

function draw(home) {
  return home ? wrap("div", "", drawView(home, [])) : make("p", "hint", "Opening the Home tab…");
}

// A view's blocks; `fields` collects what can be filled in.
export function drawView(shown, fields) {
  const click = (action) => act({ kind: "click", view: shown.id, action, values: readFields(fields) });
  return renderBlocks(shown.blocks, { ...surroundings(), fields, act: click });
}
