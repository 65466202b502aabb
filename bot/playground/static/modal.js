// The topmost of a person's modals.

import { make, renderBlocks, showErrors } from "./blocks.js";
import { tool } from "./messages.js";
import { act, inView, store } from "./store.js";

const root = document.getElementById("modal-root");
let shown = "";

export function forgetModal() {
  shown = "";
}

export function drawModal() {
  const top = store.state.modals.at(-1);
  const key = top ? `${top.id}:${top.hash}` : "";
  if (key !== shown) root.replaceChildren(...(top ? [dialog(top)] : []));
  shown = key;
  const open = root.querySelector("dialog");
  if (!open) return;
  if (!open.open) open.showModal();
  showErrors(open, top.errors || {}); // what was typed stays
}

function dialog(top) {
  const box = make("dialog", "");
  const fields = [];
  const form = make("form", "");
  const hasInput = top.blocks.some((b) => b.type === "input");
  form.append(make("h2", "", top.title.text),
              renderBlocks(top.blocks, { ...inView(top), form: hasInput ? fields : null }));
  const row = make("div", "row");
  row.append(tool(top.close ? top.close.text : "Close", () => act({ kind: "close" })));
  if (top.submit) row.append(Object.assign(make("button", "primary", top.submit.text), { type: "submit" }));
  form.append(row);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = {};
    for (const { block, action, read } of fields) (values[block] ||= {})[action] = read();
    act({ kind: "submit", view: top.id, values });
  });
  box.append(form);
  box.addEventListener("cancel", (event) => { event.preventDefault(); act({ kind: "close" }); });
  return box;
}
