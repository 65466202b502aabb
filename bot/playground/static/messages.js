// A channel's messages, a thread, and the Home tab.

import { make, renderBlocks } from "./blocks.js";
import { clock } from "./dates.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, inView, names, people, store, view } from "./store.js";

const $ = (id) => document.getElementById(id);

export function drawHome() {
  const home = store.state.home;
  const box = make("div", "home");
  box.dataset.key = "home";
  if (home) box.append(renderBlocks(home.blocks, inView(home)));
  else box.append(make("p", "hint", "Opening the Home tab…"));
  $("messages").replaceChildren(box);
}

export function drawMessages() {
  const here = store.state.messages.filter((m) => m.channel === view.channel && !m.thread_ts);
  const box = $("messages");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  box.replaceChildren(...here.map((m) => message(m, true)));
  if (!here.length) box.append(make("p", "hint", "Nothing here yet. Type a slash command below."));
  if (atEnd) box.scrollTop = box.scrollHeight;
}

export function drawThread() {
  const box = $("thread");
  box.hidden = !view.thread;
  if (!view.thread) return;
  const all = store.state.messages.filter(
    (m) => m.channel === view.channel && (m.ts === view.thread || m.thread_ts === view.thread));
  const typed = box.querySelector("textarea")?.value || "";
  const close = tool("Close", () => { view.thread = null; store.draw(); });
  const head = make("div", "panel-head");
  head.append(make("h2", "", "Thread"), close);
  box.replaceChildren(head, ...all.map((m) => message(m, false)), replyForm(typed));
}

// Bring a message into sight, in its thread if it is a reply.
export function show(channel, ts) {
  const found = store.state.messages.find((m) => m.channel === channel && m.ts === ts);
  Object.assign(view, { channel, thread: found?.thread_ts || null });
  store.draw();
  const box = document.querySelector(`[data-key="${CSS.escape(ts)}"]`);
  box?.scrollIntoView({ block: "center" });
  box?.classList.add("sought");
}

function replyForm(typed) {
  const form = make("form", "");
  form.dataset.key = "reply";
  const field = make("textarea", "");
  field.rows = 1;
  field.setAttribute("aria-label", "Reply in thread");
  field.placeholder = "@llm-startup …";
  field.value = typed;
  onEnter(field, form);
  form.append(field, Object.assign(make("button", "", "Reply"), { type: "submit" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) act({ kind: "say", channel: view.channel, thread_ts: view.thread, text: field.value });
    field.value = "";
  });
  return form;
}

function message(m, inChannel) {
  const box = make("article", m.only_for ? "message private" : "message");
  box.dataset.key = m.ts;
  if (m.only_for) box.append(make("p", "only", "Only visible to you"));
  const head = make("p", "head");
  head.append(make("strong", "", names()[m.user] || m.user));
  if (m.bot) head.append(make("span", "app", "APP"));
  head.append(make("time", "", clock(m.ts)));
  if (m.edited) head.append(make("span", "hint", "(edited)"));
  box.append(head, body(m), ...(m.files || []).map(file), tools(m, inChannel));
  return box;
}

function body(m) {
  if (m.blocks.length) {
    const click = (action) => act({ kind: "click", channel: m.channel, ts: m.ts, action });
    const box = make("div", "");
    box.append(renderBlocks(m.blocks, { names: names(), people: people(), act: click }));
    return box;
  }
  const text = make("div", "plain");
  if (m.bot) text.append(mrkdwn(m.text, names())); else text.textContent = m.text;
  return text;
}

function file(f) {
  const link = make("a", "file", `📄 ${f.title}`);
  link.href = `/files/${encodeURIComponent(f.id)}`;
  link.download = f.name;
  return link;
}

function tools(m, inChannel) {
  const row = make("div", "tools");
  const count = store.state.messages.filter((r) => r.channel === m.channel && r.thread_ts === m.ts).length;
  if (inChannel && !m.only_for) {
    const label = count ? `${count} ${count === 1 ? "reply" : "replies"}` : "Reply in thread";
    row.append(tool(label, () => { view.thread = m.ts; store.draw(); }));
    if (count) row.classList.add("has-replies");
  }
  if (!m.only_for) row.append(tool("Explain terms · 解释术语", () => act({ kind: "explain", channel: m.channel, ts: m.ts })));
  return row;
}

export function tool(label, run) {
  const button = make("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", run);
  return button;
}

export function onEnter(field, form) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
