// The topmost of a person's modals.

import { button, make, wrap } from "./dom.js";
import { findMissing, readFields, refill, showErrors } from "./fields.js";
import { keepFocus, restore, spot } from "./focus.js";
import { drawView } from "./home.js";
import { icon } from "./icons.js";
import { act, store } from "./store.js";
import { plain } from "./words.js";

const root = document.getElementById("modal-root");
let opener = null;
let shown = { id: "", hash: "", fields: [] };

export function drawModal() {
  const top = store.state.modals.at(-1);
  let box = root.querySelector("dialog");
  if (!top) {
    if (box) close(box);
    return;
  }
  if (!box) {
    opener = spot();
    box = root.appendChild(makeDialog());
  }
  const isOther = top.id !== shown.id;
  if (isOther || top.hash !== shown.hash) keepFocus(() => fill(box, top));
  if (!box.open) box.showModal();
  if (isOther) box.querySelector(":is(.body, footer) :is(input, textarea, select, button)").focus();
  if (shown.errors !== top.errors) {
    shown.errors = top.errors;
    sayErrors(box, top.errors || {});
  }
  box.querySelector(".trouble").textContent = top.trouble || "";
}

function close(box) {
  shown = { id: "", hash: "", fields: [] };
  box.close();
  box.remove();
  restore(opener);
}

function makeDialog() {
  const box = make("dialog", "modal");
  box.setAttribute("aria-labelledby", "modal-title");
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (event.target === box) act({ kind: "close" });
  });
  return box;
}

function fill(box, top) {
  const fields = [];
  const body = wrap("div", "body", drawView(top, fields));
  if (top.id === shown.id) refill(fields, readFields(shown.fields));
  shown = { id: top.id, hash: top.hash, fields };
  const form = wrap("form", "", head(top), body, foot(top));
  form.noValidate = true;
  form.dataset.key = `modal-${top.id}`;
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(box, form, top, fields); });
  box.replaceChildren(form);
}

async function submit(box, form, top, fields) {
  const missing = findMissing(fields);
  sayErrors(box, missing);
  if (Object.keys(missing).length || form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  await act({ kind: "submit", view: top.id, values: readFields(fields) });
  form.ariaBusy = "false";
}

// The first field that is wrong gets the focus.
function sayErrors(box, errors) {
  showErrors(box, errors);
  const field = box.querySelector(".wrong [id^=field-]");
  (field?.querySelector("input") || field)?.focus();
}

function head(top) {
  const title = Object.assign(make("h2", "", plain(top.title)), { id: "modal-title" });
  const dismiss = button("quiet", undefined, () => act({ kind: "close", all: true }));
  dismiss.append(icon("close"));
  dismiss.setAttribute("aria-label", "Close all");
  dismiss.dataset.action = "dismiss";
  return wrap("header", "", title, dismiss);
}

function foot(top) {
  const trouble = make("p", "trouble error");
  trouble.setAttribute("role", "alert");
  const row = wrap("footer", "", trouble, button("", top.close ? plain(top.close) : "Close", () => act({ kind: "close" })));
  row.lastChild.dataset.action = "close";
  if (top.submit) {
    const submit = Object.assign(make("button", "primary", plain(top.submit)), { type: "submit" });
    submit.dataset.action = "submit";
    row.append(submit);
  }
  return row;
}
