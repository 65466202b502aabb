// Rich text blocks.

import { dateText } from "./dates.js";
import { make, wrap } from "./dom.js";
import { emoji } from "./emoji.js";
import { link, mention } from "./mrkdwn.js";

const STYLES = [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"]];

export function richText(block, c) {
  return wrap("div", "", ...block.elements.map((part) => rich(part, c)));
}

function rich(part, c) {
  switch (part.type) {
    case "rich_text_list": return list(part, c);
    case "rich_text_quote": return wrap("blockquote", "", runs(part, c));
    case "rich_text_preformatted": return wrap("pre", "", runs(part, c));
    default: return Object.assign(wrap("p", "", runs(part, c)), { dir: "auto" });
  }
}

function list(part, c) {
  const element = make(part.style === "ordered" ? "ol" : "ul", `indent-${Math.min(part.indent || 0, 5)}`);
  if (part.offset) element.start = part.offset + 1;
  for (const item of part.elements) element.append(wrap("li", "", runs(item, c)));
  return element;
}

function runs(part, c) {
  const out = document.createDocumentFragment();
  for (const run of part.elements) out.append(styled(run, c));
  return out;
}

function styled(run, c) {
  let node = RUNS[run.type]?.(run, c) ?? document.createTextNode(run.text ?? "");
  for (const [name, tag] of STYLES) if (run.style?.[name]) node = wrap(tag, "", node);
  return node;
}

const named = (c, id) => (Object.hasOwn(c.names, id) ? c.names[id] : id);

const RUNS = {
  link: (run) => link(run.url, run.text || run.url),
  user: (run, c) => mention("@", named(c, run.user_id)),
  usergroup: (run) => mention("@", run.usergroup_id),
  channel: (run, c) => mention("#", named(c, run.channel_id)),
  broadcast: (run) => mention("@", run.range),
  emoji: (run) => document.createTextNode(emoji(run.name)),
  date(run) {
    const shown = dateText(run.timestamp, run.format) ?? run.fallback ?? "";
    return run.url ? link(run.url, shown) : document.createTextNode(shown);
  },
};
