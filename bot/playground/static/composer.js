// A box to type in, with a draft for each place and person.

import { remember, view } from "./memory.js";
import { act } from "./store.js";

export const placeOf = (channel, thread) => [view.user, channel, ...(thread ? [thread] : [])].join("/");
export const keyOfPlace = () => placeOf(view.channel);

// `place` names the draft, `userAction` says where a line goes, `sent` is called once it is
// under way,
// `completes(event)` may take a key for itself.
export function makeComposer(form, { place, userAction, sent, completes = () => false }) {
  const field = form.querySelector("textarea");
  const composer = { form, field, place, shown: "" };
  field.addEventListener("input", () => keep(composer, field.value));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an Enter that ends a word of Pinyin; 229: Safari's
    if (completes(event)) { event.preventDefault(); return; }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value;
    if (!text.trim()) return;
    const at = place();
    set(composer, "");
    sent();
    if (!(await act({ kind: "say", text, ...userAction() }))) putBack(composer, at, text);
  });
  return composer;
}

// Show the draft of the place that is open now.
export function drawComposer(composer, placeholder) {
  const { field, place, shown } = composer;
  field.placeholder = placeholder;
  if (shown === place()) return;
  composer.shown = place();
  set(composer, view.drafts[composer.shown] || "");
}

export function set(composer, text) {
  composer.field.value = text;
  composer.field.dispatchEvent(new Event("input"));
}

function keep({ form, place }, text) {
  if (text) view.drafts[place()] = text; else delete view.drafts[place()];
  form.querySelector("[type=submit]").disabled = !text.trim();
  remember();
}

// What was refused is not lost, nor what was typed since.
function putBack(composer, at, text) {
  const since = view.drafts[at];
  const whole = since ? `${text}\n${since}` : text;
  if (composer.place() === at) set(composer, whole); else view.drafts[at] = whole;
}
