// Slack's mrkdwn as DOM nodes. Text only ever becomes text nodes, never HTML.

import { dateText } from "./dates.js";
import { emojis } from "./emoji.js";

const PATTERN = /<(@|#|!)?([^<>|]+)(?:\|([^<>]*))?>|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|`([^`\n]+)`/g;
const PERMALINK = /\/archives\/(\w+)\/p(\d+)(\d{6})$/;
const TAGS = ["strong", "em", "s", "code"];

export function mrkdwn(text, names) {
  const out = document.createDocumentFragment();
  let last = 0;
  for (const found of text.matchAll(PATTERN)) {
    out.append(emojis(unescape(text.slice(last, found.index))));
    out.append(node(found, names));
    last = found.index + found[0].length;
  }
  out.append(emojis(unescape(text.slice(last))));
  return out;
}

function node(found, names) {
  const [, sign, target, label] = found;
  if (target !== undefined) return reference(sign, target, label, names);
  const place = found.slice(4).findIndex((group) => group !== undefined);
  const element = document.createElement(TAGS[place]);
  element.append(unescape(found[4 + place]));
  return element;
}

function reference(sign, target, label, names) {
  if (!sign) return link(unescape(target), unescape(label || target));
  const [kind, seconds, format] = target.split("^");
  if (sign === "!" && kind === "date") return document.createTextNode(dateText(Number(seconds), unescape(format)));
  const element = document.createElement("span");
  element.className = "mention";
  const name = names[target] || label || target;
  element.textContent = (sign === "#" ? "#" : "@") + unescape(name);
  return element;
}

export function link(url, label) {
  const element = document.createElement("a");
  element.textContent = label;
  const [, channel, seconds, number] = url.match(PERMALINK) || [];
  if (number && url.startsWith(`${location.origin}/`)) {
    element.href = `#${channel}/${seconds}.${number}`; // a message of this workspace
    return element;
  }
  if (/^https?:\/\//.test(url)) element.href = url;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}

export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
