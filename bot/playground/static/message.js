// One message.

import { avatar } from "./avatars.js";
import { renderBlocks } from "./blocks.js";
import { clock, fullTime } from "./dates.js";
import { button, make, wrap } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, names, surroundings } from "./store.js";

// `follows`: by the same author as the one above, a moment later. `replies`: those in its thread.
// `openThread`: absent inside a thread.
export function drawMessage(m, { follows, replies, openThread }) {
  const box = make("article", "message");
  box.classList.toggle("private", Boolean(m.only_for));
  box.classList.toggle("follows", follows);
  if (m.only_for) box.append(wrap("p", "only", icon("eye"), "Only visible to you"));
  box.append(follows ? time(m) : avatar(m.user), content(m, follows, replies, openThread));
  if (!m.only_for) box.append(toolbar(m, openThread));
  return box;
}

function content(m, follows, replies, openThread) {
  const box = make("div", "content");
  const head = wrap("p", follows ? "head sr" : "head", make("strong", "", names()[m.user] || m.user));
  if (m.bot) head.append(make("span", "app", "APP"));
  if (!follows) head.append(time(m));
  box.append(head, body(m));
  if (m.edited) box.append(make("span", "edited", "(edited)"));
  box.append(...(m.files || []).map(file));
  if (openThread && replies.length) box.append(threadLink(replies, openThread));
  return box;
}

function time(m) {
  const element = make("time", "", clock(m.ts));
  element.title = fullTime(m.ts);
  return element;
}

function body(m) {
  if (m.blocks.length) {
    const click = (action) => act({ kind: "click", channel: m.channel, ts: m.ts, action });
    return wrap("div", "", renderBlocks(m.blocks, { ...surroundings(), act: click }));
  }
  const text = make("div", "plain");
  text.dir = "auto";
  if (m.bot) text.append(mrkdwn(m.text, names())); else text.textContent = m.text;
  return text;
}

function file(f) {
  const link = wrap("a", "file", icon("file"), f.title);
  link.href = `/files/${encodeURIComponent(f.id)}`;
  link.download = f.name;
  return link;
}

function threadLink(replies, openThread) {
  const people = [...new Set(replies.map((r) => r.user))].slice(0, 3);
  const link = button("thread-link", undefined, openThread);
  const count = `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`;
  link.append(...people.map(avatar), make("strong", "", count), make("span", "view", "View thread"));
  Object.assign(link.dataset, { action: "thread", block: "replies" });
  return link;
}

function toolbar(m, openThread) {
  const tools = make("div", "tools");
  if (openThread) {
    const reply = button("", undefined, openThread);
    reply.append(icon("reply"));
    reply.title = "Reply in thread";
    reply.setAttribute("aria-label", reply.title);
    Object.assign(reply.dataset, { action: "thread", block: "tools" });
    tools.append(reply);
  }
  const use = (kind) => () => act({ kind, channel: m.channel, ts: m.ts });
  const more = menuButton("", "More actions", [
    ["Explain terms · 解释术语", "explain", use("explain")],
    ["Save as term · 存为术语", "save", use("save")],
  ]);
  Object.assign(more.dataset, { action: "more", block: "tools" });
  tools.append(more);
  return tools;
}
