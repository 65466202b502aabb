// Block Kit as DOM: the blocks that the bot uses, as Slack draws them.

import { make, wrap } from "./dom.js";
import { element } from "./elements.js";
import { picture } from "./images.js";
import { plain, words } from "./words.js";
import { richText } from "./rich_text.js";

let ids = 0;

// `context`: names (id -> name), people and channels ([id, name]), act(action), which resolves to
// whether it was done, and for a view `fields`, a list that its fields join.
export function renderBlocks(blocks, context) {
  const out = document.createDocumentFragment();
  blocks.forEach((block, index) => {
    const draw = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : unknown;
    const drawn = draw(block, { ...context, blockId: block.block_id || `b${index}` });
    drawn.classList.add("block", block.type);
    out.append(drawn);
  });
  return out;
}

const unknown = (block) => make("p", "unknown", `(${block.type})`);

const BLOCKS = {
  header: (b) => make("h3", "", plain(b.text)),
  divider: () => make("hr", ""),
  section(b, c) {
    const box = make("div", "words");
    box.dir = "auto";
    if (b.text) box.append(words(b.text, c));
    if (b.fields) box.append(wrap("div", "fields", ...b.fields.map((field) => wrap("div", "field", words(field, c)))));
    return b.accessory ? wrap("div", "", box, element(b.accessory, c)) : wrap("div", "", box);
  },
  context: (b, c) => wrap("div", "", ...b.elements.map((part) =>
    part.type === "image" ? picture(part) : wrap("span", "", words(part, c)))),
  actions: (b, c) => wrap("div", "", ...b.elements.map((part) => element(part, c))),
  image(b) {
    const figure = wrap("figure", "", picture(b));
    if (b.title) figure.prepend(make("figcaption", "", plain(b.title)));
    return figure;
  },
  rich_text: richText,
  // Only fields of an input wait for the modal's Submit; all others act at once.
  input(b, c) {
    const field = element(b.element, { ...c, waits: !b.dispatch_action, optional: Boolean(b.optional) });
    const isGroup = field.tagName === "FIELDSET";
    const label = make(isGroup ? "legend" : "label", "", plain(b.label));
    if (b.optional) label.append(make("span", "optional", " (optional)"));
    field.id = `field-${++ids}`;
    if (isGroup) field.prepend(label); else label.htmlFor = field.id;
    const box = isGroup ? wrap("div", "", field) : wrap("div", "", label, field);
    if (b.hint) {
      const hint = Object.assign(make("p", "hint", plain(b.hint)), { id: `${field.id}-hint` });
      field.setAttribute("aria-describedby", hint.id);
      box.append(hint);
    }
    box.dataset.block = c.blockId;
    return box;
  },
};
