// Slack's mrkdwn as DOM nodes. Text only ever becomes text nodes, never HTML.

import { dateText } from "./dates.js";
import { wrap } from "./dom.js";
import { emojis } from "./emoji.js";

// A sign opens after a space or punctuation and closes before one: snake_case and 2*3 stay as they
// are. So does a sign between two word joiners, by which the bot takes its meaning from it.
const JOINER = "\\u2060";
const mark = (sign) =>
  `(?<![\\p{L}\\p{N}${JOINER}${sign}])[${sign}](?=\\S)([^\\n]*?\\S)[${sign}](?![\\p{L}\\p{N}${JOINER}${sign}])`;
const CODE = `(?<!${JOINER})\`([^\`\\n]+)\`(?!${JOINER})`;
const REFERENCE = "<(@|#|!)?([^<>|]+)(?:\\|([^<>]*))?>";
const PATTERN = new RegExp([CODE, REFERENCE, ...["*", "_", "~"].map(mark)].join("|"), "gu");
const FENCE = /```\n?([\s\S]+?)\n?```\n?/g;
const QUOTE = /(?:^(?:&gt;|>) ?.*(?:\n|$))+/gm;
const QUOTE_SIGN = /^(?:&gt;|>) ?/gm;
const PERMALINK = /\/archives\/(\w+)\/p(\d+)(\d{6})$/;
const TAGS = ["strong", "em", "s"];

export function mrkdwn(text, names) {
  const quoted = (found) => wrap("blockquote", "", inline(found[0].replace(QUOTE_SIGN, "").trimEnd(), names));
  const lines = (rest) => pieces(rest, QUOTE, quoted, (plain) => inline(plain, names));
  return pieces(text, FENCE, (found) => wrap("pre", "", unescape(found[1])), lines);
}

const inline = (text, names) => pieces(text, PATTERN, (found) => node(found, names), (plain) => emojis(unescape(plain)));

function pieces(text, pattern, special, plain) {
  const out = document.createDocumentFragment();
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > last) out.append(plain(text.slice(last, found.index)));
    out.append(special(found));
    last = found.index + found[0].length;
  }
  if (last < text.length) out.append(plain(text.slice(last)));
  return out;
}

function node(found, names) {
  const [, code, sign, target, label, ...marked] = found;
  if (code !== undefined) return wrap("code", "", unescape(code));
  if (target !== undefined) return reference(sign, target, label, names);
  const place = marked.findIndex((inside) => inside !== undefined);
  return wrap(TAGS[place], "", inline(marked[place], names));
}

function reference(sign, target, label, names) {
  if (!sign) return link(unescape(target), unescape(label || target));
  const [kind, seconds, format, url] = target.split("^");
  if (sign === "!" && kind === "date") {
    const shown = dateText(Number(seconds), unescape(format || "")) ?? unescape(label || "");
    return url ? link(unescape(url), shown) : document.createTextNode(shown);
  }
  const name = Object.hasOwn(names, target) ? names[target] : unescape(label || kind);
  return mention(sign === "#" ? "#" : "@", name);
}

// `name` may bring its sign along.
export function mention(sign, name) {
  return wrap("span", "mention", sign + name.replace(/^[@#]/, ""));
}

export function link(url, label) {
  const element = wrap("a", "", label);
  const [, channel, seconds, number] = url.match(PERMALINK) || [];
  if (number && url.startsWith(`${location.origin}/`)) {
    element.href = `#${channel}/${seconds}.${number}`; // a message of this workspace
    return element;
  }
  if (/^(https?:\/\/|mailto:|tel:)/.test(url)) element.href = url;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}

export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
