// The fields of a view: reading them, asking for what is missing, showing errors; and sending an action.

import { confirmed } from "./confirm.js";
import { make } from "./dom.js";

export const REQUIRED = "Please complete this required field.";

// Tell the bot, after the confirmation that the element may ask for. Whether it was done.
export async function send(c, part, state) {
  if (part.confirm && !(await confirmed(part.confirm, c))) return false;
  return c.act({ type: part.type, action_id: part.action_id, block_id: c.blockId, ...state });
}

// `read` gives the field's state as Slack names it, `write` sets such a state.
export function join(c, part, read, write) {
  if (!c.fields) return;
  const required = c.waits && !c.optional;
  c.fields.push({ block: c.blockId, action: part.action_id, required, write, read: () => ({ type: part.type, ...read() }) });
}

// As `state.values` of a view.
export function readFields(fields) {
  const values = {};
  for (const { block, action, read } of fields) (values[block] ||= {})[action] = read();
  return values;
}

// What was typed stays where block_id and action_id are the same.
export function refill(fields, values) {
  for (const { block, action, write } of fields) {
    const old = values[block]?.[action];
    if (old) write(old);
  }
}

export function findMissing(fields) {
  const isEmpty = ({ type, ...state }) => Object.values(state).every((value) => value === null || value.length === 0);
  return Object.fromEntries(fields.filter((f) => f.required && isEmpty(f.read())).map((f) => [f.block, REQUIRED]));
}

// Each under its field, by block_id.
export function showErrors(box, errors) {
  for (const block of box.querySelectorAll(".block[data-block]")) {
    const field = block.querySelector("[id^=field-]");
    const said = errors[block.dataset.block] || "";
    block.querySelector(".error")?.remove();
    block.classList.toggle("wrong", Boolean(said));
    const about = block.querySelector(".hint") ? [`${field.id}-hint`] : [];
    if (said) {
      const line = Object.assign(make("p", "error", said), { id: `${field.id}-error` });
      line.setAttribute("role", "alert");
      field.after(line);
      about.unshift(line.id);
    }
    setOr(field, "aria-invalid", said && field.tagName !== "FIELDSET" ? "true" : "");
    setOr(field, "aria-describedby", about.join(" "));
  }
}

function setOr(element, name, value) {
  if (value) element.setAttribute(name, value); else element.removeAttribute(name);
}
