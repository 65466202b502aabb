// Selects. One that acts at once waits for a decision: a choice by pointer, or Enter after the
// arrow keys, which only look around.

import { make } from "./dom.js";
import { join, send } from "./fields.js";
import { plain } from "./words.js";

// Keys that move to another option; any letter does. The space bar opens the list, in which the
// browser waits for Enter itself.
const LOOKING = /^(Arrow|Page|Home|End|\S$)/;

export const SELECTS = {
  static_select: (part, c) => select(part, c, part.options || part.option_groups, "selected_option", part.initial_option?.value),
  users_select: (part, c) => select(part, c, options(c.people), "selected_user", part.initial_user),
  conversations_select: (part, c) =>
    select(part, c, options(c.channels), "selected_conversation", part.initial_conversation),
};

const options = (pairs) => pairs.map(([id, name]) => ({ text: { text: name, emoji: false }, value: id }));

function select(part, c, choices, key, initial = "") {
  const field = make("select", "");
  const hint = part.placeholder ? plain(part.placeholder) : "Choose…";
  const byValue = new Map();
  const option = (o) => { byValue.set(o.value, o); return new Option(plain(o.text), o.value); };
  field.append(new Option(hint, ""), ...choices.map((choice) => choice.options ? group(choice, option) : option(choice)));
  field.value = initial;
  const whole = key === "selected_option"; // Slack sends an option whole, of all else the id
  const state = () => ({ [key]: (whole ? byValue.get(field.value) : field.value) || null });
  join(c, part, state, ({ [key]: old }) => { field.value = (whole ? old?.value : old) || ""; });
  if (!c.waits) {
    field.setAttribute("aria-label", hint);
    decide(field, initial, () => send(c, part, state()));
  }
  return field;
}

function group(choice, option) {
  const element = make("optgroup", "");
  element.label = plain(choice.label);
  element.append(...choice.options.map(option));
  return element;
}

function decide(field, initial, choose) {
  let looking = false;
  const commit = () => {
    looking = false;
    if (field.value && field.value !== initial) choose();
  };
  field.addEventListener("pointerdown", () => { looking = false; });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && looking) {
      event.preventDefault();
      commit();
    } else if (LOOKING.test(event.key)) looking = true;
  });
  field.addEventListener("change", () => { if (!looking) commit(); });
  field.addEventListener("blur", () => { if (looking) field.value = initial; looking = false; });
}
