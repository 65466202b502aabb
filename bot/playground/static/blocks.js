// Block Kit as DOM: the blocks and elements that the bot uses, as Slack draws them.

import { emoji } from "./emoji.js";
import { link, mrkdwn } from "./mrkdwn.js";

// `context`: names (id -> name), people ([id, name]), act(action), form (a list that its fields join).
export function renderBlocks(blocks, context) {
  const out = document.createDocumentFragment();
  blocks.forEach((block, index) => {
    const draw = BLOCKS[block.type];
    const element = draw ? draw(block, { ...context, blockId: block.block_id || `b${index}` })
                         : make("p", "unknown", `(${block.type})`);
    element.classList.add("block", block.type);
    out.append(element);
  });
  return out;
}

const BLOCKS = {
  header: (b) => make("h3", "", b.text.text),
  divider: () => make("hr", ""),
  section(b, c) {
    const box = make("div", "");
    const words = make("div", "words");
    if (b.text) words.append(text(b.text, c));
    for (const field of b.fields || []) words.append(wrap("div", "field", text(field, c)));
    box.append(words);
    if (b.accessory) box.append(element(b.accessory, c));
    return box;
  },
  context(b, c) {
    const box = make("div", "");
    for (const part of b.elements) box.append(wrap("span", "", part.type === "image" ? image(part) : text(part, c)));
    return box;
  },
  actions(b, c) {
    const box = make("div", "");
    for (const part of b.elements) box.append(element(part, c));
    return box;
  },
  image: (b) => wrap("figure", "", image(b)),
  rich_text(b, c) {
    const box = make("div", "");
    for (const part of b.elements) box.append(rich(part, c));
    return box;
  },
  input(b, c) {
    const box = make("div", "");
    const label = make("label", "", b.label.text + (b.optional ? " (optional)" : ""));
    const field = element(b.element, c);
    field.id = `f-${c.blockId}`;
    label.htmlFor = field.id;
    box.append(label, field);
    if (b.hint) box.append(make("p", "hint", b.hint.text));
    box.dataset.block = c.blockId;
    return box;
  },
};

function rich(part, c) {
  switch (part.type) {
    case "rich_text_list": {
      const list = make(part.style === "ordered" ? "ol" : "ul", "");
      if (part.offset) list.start = part.offset + 1;
      for (const item of part.elements) list.append(wrap("li", "", runs(item, c)));
      return list;
    }
    case "rich_text_quote": return wrap("blockquote", "", runs(part, c));
    case "rich_text_preformatted": return wrap("pre", "", runs(part, c));
    default: return wrap("p", "", runs(part, c));
  }
}

function runs(part, c) {
  const out = document.createDocumentFragment();
  for (const run of part.elements) out.append(styled(run, c));
  return out;
}

function styled(run, c) {
  let node = run.type === "link" ? link(run.url, run.text || run.url)
    : run.type === "user" ? make("span", "mention", "@" + (c.names[run.user_id] || run.user_id))
    : document.createTextNode(run.text ?? emoji(run.name));
  const style = run.style || {};
  for (const [name, tag] of [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"]])
    if (style[name]) node = wrap(tag, "", node);
  return node;
}

function text(object, c) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, c.names);
  return document.createTextNode(object.text);
}

function image(part) {
  const picture = make("img", "");
  picture.alt = part.alt_text;
  picture.src = part.image_url;
  return picture;
}

function element(part, c) {
  const draw = ELEMENTS[part.type];
  return draw ? draw(part, c) : make("span", "unknown", `(${part.type})`);
}

const ELEMENTS = {
  button(part, c) {
    const button = make("button", part.style || "", part.text.text);
    button.type = "button";
    if (part.accessibility_label) button.setAttribute("aria-label", part.accessibility_label);
    button.addEventListener("click", () => {
      if (part.confirm && !window.confirm(part.confirm.text.text)) return;
      if (part.url) window.open(part.url, "_blank", "noopener");
      c.act({ type: "button", action_id: part.action_id, block_id: c.blockId, value: part.value, text: part.text });
    });
    return button;
  },
  static_select: (part, c) => select(part, c, choices(part), false),
  multi_static_select: (part, c) => select(part, c, choices(part), true),
  users_select: (part, c) => select(part, c, people(c), false, "selected_user", part.initial_user),
  overflow(part, c) {
    const menu = select({ ...part, placeholder: { text: "…" } }, c, part.options, false);
    menu.classList.add("overflow");
    menu.setAttribute("aria-label", "More");
    return menu;
  },
  radio_buttons: (part, c) => ticks(part, c, "radio"),
  checkboxes: (part, c) => ticks(part, c, "checkbox"),
  datepicker: (part, c) => input(part, c, "date", part.initial_date, "selected_date"),
  timepicker: (part, c) => input(part, c, "time", part.initial_time, "selected_time"),
  plain_text_input(part, c) {
    const field = make(part.multiline ? "textarea" : "input", "");
    field.value = part.initial_value || "";
    if (part.max_length) field.maxLength = part.max_length;
    field.placeholder = part.placeholder ? part.placeholder.text : "";
    keep(c, part, field, () => ({ value: field.value || null }));
    return field;
  },
  image,
};

function choices(part) {
  return part.options || part.option_groups;
}

function people(c) {
  return c.people.map(([id, name]) => ({ text: { text: name }, value: id }));
}

function select(part, c, options, multiple, key, initial) {
  const field = make("select", "");
  field.multiple = multiple;
  field.setAttribute("aria-label", part.placeholder ? part.placeholder.text : part.action_id);
  if (!multiple) field.append(new Option(part.placeholder ? part.placeholder.text : "—", ""));
  const chosen = new Set([initial, part.initial_option?.value, ...(part.initial_options || []).map((o) => o.value)]);
  const byValue = {};
  const add = (parent, option) => {
    byValue[option.value] = option;
    const made = new Option(option.text.text, option.value);
    made.selected = chosen.has(option.value);
    parent.append(made);
  };
  for (const option of options) {
    if (!option.options) { add(field, option); continue; }
    const group = make("optgroup", "");
    group.label = option.label.text;
    option.options.forEach((o) => add(group, o));
    field.append(group);
  }
  const state = () => {
    if (key) return { [key]: field.value || null };
    if (multiple) return { selected_options: [...field.selectedOptions].map((o) => byValue[o.value]) };
    return { selected_option: byValue[field.value] || null };
  };
  keep(c, part, field, state);
  field.addEventListener("change", () => {
    if (c.form || !field.value) return;
    c.act({ type: part.type, action_id: part.action_id, block_id: c.blockId, ...state() });
    if (part.type === "overflow") field.value = "";
  });
  return field;
}

function ticks(part, c, type) {
  const box = make("fieldset", "");
  const chosen = new Set([part.initial_option?.value, ...(part.initial_options || []).map((o) => o.value)]);
  const boxes = part.options.map((option) => {
    const label = make("label", "");
    const tick = make("input", "");
    tick.type = type;
    tick.name = `${c.blockId}-${part.action_id}`;
    tick.checked = chosen.has(option.value);
    label.append(tick, " ", text(option.text, c));
    box.append(label);
    return [tick, option];
  });
  const state = () => {
    const on = boxes.filter(([tick]) => tick.checked).map(([, option]) => option);
    return type === "radio" ? { selected_option: on[0] || null } : { selected_options: on };
  };
  keep(c, part, box, state);
  box.addEventListener("change", () => {
    if (!c.form) c.act({ type: part.type, action_id: part.action_id, block_id: c.blockId, ...state() });
  });
  return box;
}

function input(part, c, type, initial, key) {
  const field = make("input", "");
  field.type = type;
  field.value = initial || "";
  field.setAttribute("aria-label", part.placeholder ? part.placeholder.text : type);
  keep(c, part, field, () => ({ [key]: field.value || null }));
  field.addEventListener("change", () => {
    if (!c.form) c.act({ type: part.type, action_id: part.action_id, block_id: c.blockId, [key]: field.value });
  });
  return field;
}

// Under the fields of a modal that was refused.
export function showErrors(dialog, errors) {
  for (const line of dialog.querySelectorAll(".error")) line.remove();
  for (const box of dialog.querySelectorAll("[data-block]")) {
    const error = errors[box.dataset.block];
    if (!error) continue;
    const line = make("p", "error", error);
    line.setAttribute("role", "alert");
    box.append(line);
  }
}

// A modal's fields are read when it is submitted.
function keep(c, part, field, state) {
  if (c.form) c.form.push({ block: c.blockId, action: part.action_id, read: () => ({ type: part.type, ...state() }) });
}

export function make(tag, name, content) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (content !== undefined) element.textContent = content;
  return element;
}

function wrap(tag, name, child) {
  const element = make(tag, name);
  element.append(child);
  return element;
}
