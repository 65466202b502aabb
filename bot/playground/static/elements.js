// Block elements but for selects: buttons, menus, ticks, text and date fields.

import { button, make, wrap } from "./dom.js";
import { join, send } from "./fields.js";
import { picture } from "./images.js";
import { menuButton } from "./menu.js";
import { SELECTS } from "./selects.js";
import { plain, words } from "./words.js";

export function element(part, c) {
  if (!Object.hasOwn(ELEMENTS, part.type)) return make("span", "unknown", `(${part.type})`);
  const drawn = ELEMENTS[part.type](part, c);
  if (part.action_id) Object.assign(drawn.dataset, { action: part.action_id, block: c.blockId });
  return drawn;
}

const ELEMENTS = {
  ...SELECTS,
  image: picture,
  button(part, c) {
    const press = async () => {
      if (part.url) open(part.url, "_blank", "noopener");
      await send(c, part, { value: part.value, text: part.text });
    };
    const drawn = button(part.style || "", plain(part.text), press);
    if (part.accessibility_label) drawn.setAttribute("aria-label", nameOf(plain(part.text), part.accessibility_label));
    return drawn;
  },
  overflow(part, c) {
    const choose = (option) => () => send(c, part, { selected_option: option });
    return menuButton("overflow", "More actions", part.options.map((option) =>
      [plain(option.text), option.value, choose(option), option.description && plain(option.description)]));
  },
  radio_buttons: (part, c) => ticks(part, c, "radio", part.options),
  checkboxes: (part, c) => ticks(part, c, "checkbox", part.options),
  // Slack's field of many choices, as a list to tick.
  multi_static_select(part, c) {
    const options = part.options || part.option_groups.flatMap((group) => group.options);
    const drawn = ticks(part, c, "checkbox", options);
    drawn.classList.add("long");
    return drawn;
  },
  // The same of people; Slack sends their ids alone.
  multi_users_select(part, c) {
    const options = c.people.map(([id, name]) => ({ text: { type: "plain_text", text: name, emoji: false }, value: id }));
    const initial = options.filter((o) => (part.initial_users || []).includes(o.value));
    const drawn = ticks({ ...part, initial_options: initial }, c, "checkbox", options, "selected_users");
    drawn.classList.add("long");
    return drawn;
  },
  datepicker: (part, c) => moment(part, c, "date", part.initial_date, "selected_date"),
  timepicker: (part, c) => moment(part, c, "time", part.initial_time, "selected_time"),
  plain_text_input(part, c) {
    const field = make(part.multiline ? "textarea" : "input", "");
    field.value = part.initial_value || "";
    field.dir = "auto";
    if (part.max_length) field.maxLength = part.max_length;
    field.placeholder = part.placeholder ? plain(part.placeholder) : "";
    join(c, part, () => ({ value: field.value || null }), ({ value }) => { field.value = value || ""; });
    return field;
  },
};

// What is read out holds what is seen, so that one can also say it to press it.
function nameOf(seen, label) {
  return label.includes(seen) || !/\p{L}/u.test(seen) ? label : `${seen}: ${label}`;
}

// `ids`: under which name the values alone are sent, where Slack does not send options whole.
function ticks(part, c, type, options, ids = "") {
  const chosen = new Set([part.initial_option?.value, ...(part.initial_options || []).map((o) => o.value)]);
  const boxes = options.map((option) => {
    const tick = make("input", "");
    Object.assign(tick, { type, name: `${c.blockId}-${part.action_id}`, checked: chosen.has(option.value) });
    return [tick, option];
  });
  const box = wrap("fieldset", "ticks", ...boxes.map(([tick, option]) => {
    const text = wrap("span", "", words(option.text, c));
    if (option.description) text.append(wrap("small", "", words(option.description, c)));
    return wrap("label", "", tick, text);
  }));
  const state = () => {
    const on = boxes.filter(([tick]) => tick.checked).map(([, option]) => option);
    if (ids) return { [ids]: on.map((option) => option.value) };
    return type === "radio" ? { selected_option: on[0] || null } : { selected_options: on };
  };
  join(c, part, state, ({ selected_option: one, selected_options: many, [ids]: plainIds }) => {
    const values = plainIds || (many || [one]).map((option) => option?.value);
    for (const [tick, option] of boxes) tick.checked = values.includes(option.value);
  });
  box.addEventListener("change", () => { if (!c.waits) send(c, part, state()); });
  return box;
}

function moment(part, c, type, initial, key) {
  const field = make("input", "");
  Object.assign(field, { type, value: initial || "" });
  if (!c.waits) field.setAttribute("aria-label", part.placeholder ? plain(part.placeholder) : type);
  const state = () => ({ [key]: field.value || null });
  join(c, part, state, (old) => { field.value = old[key] || ""; });
  field.addEventListener("change", () => { if (!c.waits) send(c, part, state()); });
  return field;
}
