// The page: shows the workspace's state and sends what the person does. The server holds all state.

import { make, renderBlocks } from "./blocks.js";
import { mrkdwn } from "./mrkdwn.js";

const $ = (id) => document.getElementById(id);
const BOT = "UBOT";
const view = { user: "U1", channel: "C1", thread: null, inspect: false };
let state = null;
let shownModal = "";

async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  return answer.json();
}

const act = (deed) => send("/do", { user: view.user, ...deed });

let asked = 0;

async function refresh() {
  const mine = ++asked;
  const found = await (await fetch(`/state?user=${encodeURIComponent(view.user)}`)).json();
  if (mine !== asked) return; // a later question is under way, and its answer is newer
  state = found;
  if (view.channel !== "home" && !state.channels.some((c) => c.id === view.channel)) view.channel = "C1";
  draw();
}

function names() {
  return { ...Object.fromEntries(state.users.map((u) => [u.id, u.name])), [BOT]: "llm-startup" };
}

function draw() {
  drawBar();
  drawChannels();
  const home = view.channel === "home";
  $("composer").hidden = $("tip").hidden = home;
  if (home) drawHome(); else drawMessages();
  drawThread();
  drawModal();
  drawLog();
}

function drawBar() {
  $("faults").hidden = !state.faults.length;
  $("faults").replaceChildren(...state.faults.map((fault) => make("p", "", fault)));
  $("now").textContent = state.now.slice(0, 16).replace("T", " ") + " UTC";
  $("user").replaceChildren(...state.users.map((u) => {
    const option = new Option(`${u.name} (${u.role})`, u.id);
    option.selected = u.id === view.user;
    return option;
  }));
}

function drawChannels() {
  const items = [["home", "⌂ Home"], ...state.channels.map((c) => [c.id, c.im ? `● ${c.name}` : `# ${c.name}`])];
  $("channels").replaceChildren(...items.map(([id, label]) => {
    const item = make("li", "");
    const button = make("button", "", label);
    button.type = "button";
    if (id === view.channel) button.setAttribute("aria-current", "page");
    button.addEventListener("click", () => open(id));
    item.append(button);
    return item;
  }));
  const channel = state.channels.find((c) => c.id === view.channel);
  $("title").textContent = channel ? (channel.im ? channel.name : `# ${channel.name}`) : "Home";
}

function open(id) {
  Object.assign(view, { channel: id, thread: null });
  if (id === "home") act({ kind: "home" });
  draw();
}

function drawHome() {
  const box = make("div", "home");
  if (state.home) box.append(renderBlocks(state.home.blocks, inView(state.home)));
  else box.append(make("p", "hint", "Opening the Home tab…"));
  $("messages").replaceChildren(box);
}

function inView(shown) {
  return { names: names(), act: (action) => act({ kind: "click", view: shown.id, action }) };
}

function drawMessages() {
  const here = state.messages.filter((m) => m.channel === view.channel && !m.thread_ts);
  const box = $("messages");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  box.replaceChildren(...here.map((m) => message(m, true)));
  if (!here.length) box.append(make("p", "hint", "Nothing here yet. Type a slash command below."));
  if (atEnd) box.scrollTop = box.scrollHeight;
}

function message(m, inChannel) {
  const box = make("article", m.only_for ? "message private" : "message");
  if (m.only_for) box.append(make("p", "only", "Only visible to you"));
  const head = make("p", "head");
  head.append(make("strong", "", names()[m.user] || m.user));
  if (m.bot) head.append(make("span", "app", "APP"));
  head.append(make("time", "", clock(m.ts)));
  if (m.edited) head.append(make("span", "hint", "(edited)"));
  box.append(head);
  if (m.blocks.length) {
    const click = (action) => act({ kind: "click", channel: m.channel, ts: m.ts, action });
    box.append(renderBlocks(m.blocks, { names: names(), act: click }));
  } else {
    const text = make("div", "plain");
    if (m.bot) text.append(mrkdwn(m.text, names())); else text.textContent = m.text;
    box.append(text);
  }
  box.append(tools(m, inChannel));
  return box;
}

function tools(m, inChannel) {
  const row = make("div", "tools");
  const replies = state.messages.filter((r) => r.channel === m.channel && r.thread_ts === m.ts);
  if (inChannel && !m.only_for) {
    row.append(tool(replies.length ? `${replies.length} replies` : "Reply in thread", () => {
      view.thread = m.ts;
      draw();
    }));
  }
  if (!m.only_for) row.append(tool("Explain terms · 解释术语", () => act({ kind: "explain", channel: m.channel, ts: m.ts })));
  return row;
}

function tool(label, run) {
  const button = make("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", run);
  return button;
}

function clock(ts) {
  return new Date(Number(ts.split(".")[0]) * 1000).toISOString().slice(11, 16);
}

function drawThread() {
  const box = $("thread");
  box.hidden = !view.thread;
  if (!view.thread) return;
  const all = state.messages.filter((m) => m.channel === view.channel && (m.ts === view.thread || m.thread_ts === view.thread));
  const close = tool("Close", () => { view.thread = null; draw(); });
  const form = make("form", "");
  const field = make("textarea", "");
  field.rows = 1;
  field.setAttribute("aria-label", "Reply in thread");
  field.placeholder = "@llm-startup …";
  const typed = box.querySelector("textarea");
  if (typed) field.value = typed.value;
  onEnter(field, form);
  form.append(field, Object.assign(make("button", "", "Reply"), { type: "submit" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) act({ kind: "say", channel: view.channel, thread_ts: view.thread, text: field.value });
    field.value = "";
  });
  const head = make("div", "panel-head");
  head.append(make("h2", "", "Thread"), close);
  box.replaceChildren(head, ...all.map((m) => message(m, false)), form);
}

function drawModal() {
  const top = state.modals.at(-1);
  const key = top ? `${top.id}:${top.hash}:${JSON.stringify(top.errors || {})}` : "";
  if (key === shownModal) return;
  shownModal = key;
  if (!top) { $("modal-root").replaceChildren(); return; }
  const dialog = make("dialog", "");
  const form = [];
  const context = { ...inView(top), errors: top.errors, form };
  const body = make("form", "");
  const hasInput = top.blocks.some((b) => b.type === "input");
  body.append(make("h2", "", top.title.text), renderBlocks(top.blocks, hasInput ? context : { ...context, form: null }));
  const row = make("div", "row");
  row.append(tool(top.close ? top.close.text : "Close", () => act({ kind: "close" })));
  if (top.submit) row.append(Object.assign(make("button", "primary", top.submit.text), { type: "submit" }));
  body.append(row);
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = {};
    for (const { block, action, read } of form) (values[block] ||= {})[action] = read();
    act({ kind: "submit", view: top.id, values });
  });
  dialog.append(body);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); act({ kind: "close" }); });
  $("modal-root").replaceChildren(dialog);
  dialog.showModal();
}

function drawLog() {
  const box = $("log");
  box.hidden = !view.inspect;
  if (!view.inspect) return;
  const entries = [...state.log].reverse().map((entry) => {
    const details = make("details", "");
    details.append(make("summary", "", `${entry.way}  ${entry.status}`));
    details.append(make("pre", "", JSON.stringify(entry.sent, null, 2)), make("h3", "", "Answer"),
                   make("pre", "", JSON.stringify(entry.answer, null, 2)));
    return details;
  });
  const head = make("div", "panel-head");
  head.append(make("h2", "", "Requests and replies"));
  box.replaceChildren(head, ...entries);
}

function onEnter(field, form) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("line").value;
  if (text.trim()) act({ kind: "say", channel: view.channel, text });
  $("line").value = "";
});
onEnter($("line"), $("composer"));
$("user").addEventListener("change", () => { Object.assign(view, { user: $("user").value, thread: null }); shownModal = ""; refresh(); });
$("hour").addEventListener("click", () => send("/clock", { hours: 1 }));
$("week").addEventListener("click", () => send("/clock", { hours: 168 }));
$("inspect").addEventListener("click", () => {
  view.inspect = !view.inspect;
  $("inspect").setAttribute("aria-pressed", String(view.inspect));
  drawLog();
});
for (const button of document.querySelectorAll(".try"))
  button.addEventListener("click", () => act({ kind: "say", channel: view.channel, text: button.textContent }));

await refresh();
const news = new EventSource("/news");
news.addEventListener("open", refresh); // what happened before it was connected
news.addEventListener("message", refresh);
