// The page: shows the workspace's state and sends what the person does. The server holds all state.

import { make } from "./blocks.js";
import { now as dateOf } from "./dates.js";
import { keepFocus } from "./focus.js";
import { drawHome, drawMessages, drawThread, onEnter, show } from "./messages.js";
import { drawModal, forgetModal } from "./modal.js";
import { drawPanel } from "./panel.js";
import { act, refresh, send, store, view } from "./store.js";

const $ = (id) => document.getElementById(id);

store.draw = () => keepFocus(() => {
  drawBar();
  drawChannels();
  const home = view.channel === "home";
  $("composer").hidden = $("tip").hidden = home;
  if (home) drawHome(); else drawMessages();
  drawThread();
  drawPanel();
  drawModal();
});

function drawBar() {
  const { faults, now, users } = store.state;
  $("faults").hidden = !faults.length;
  $("faults").replaceChildren(...faults.map((fault) => make("p", "", fault)));
  $("now").textContent = dateOf(now);
  $("user").replaceChildren(...users.map((u) => {
    const option = new Option(`${u.name} (${u.role})`, u.id);
    option.selected = u.id === view.user;
    return option;
  }));
}

function drawChannels() {
  const channels = store.state.channels;
  const items = [["home", "⌂ Home"], ...channels.map((c) => [c.id, c.im ? `● ${c.name}` : `# ${c.name}`])];
  $("channels").replaceChildren(...items.map(([id, label]) => {
    const item = make("li", "");
    const button = make("button", "", label);
    button.type = "button";
    if (id === view.channel) button.setAttribute("aria-current", "page");
    button.addEventListener("click", () => open(id));
    item.append(button);
    return item;
  }));
  const channel = channels.find((c) => c.id === view.channel);
  $("title").textContent = channel ? (channel.im ? channel.name : `# ${channel.name}`) : "Home";
}

function open(id) {
  Object.assign(view, { channel: id, thread: null });
  if (id === "home") act({ kind: "home" });
  store.draw();
}

// As Slack shows a command while one types it.
function drawUsage() {
  const typed = $("line").value;
  const { command, description, usage_hint: hint } = store.state.command;
  const first = typed.split(/\s/, 1)[0];
  const meant = typed.startsWith("/") && command.startsWith(first) && typed.length <= command.length + 1;
  $("usage").hidden = !meant;
  if (meant) $("usage").replaceChildren(make("strong", "", command), ` ${hint}`, make("br", ""), description);
}

function follow() {
  const [, channel, ts] = location.hash.match(/^#(\w+)\/([\d.]+)$/) || [];
  if (ts) show(channel, ts);
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("line").value;
  if (text.trim()) act({ kind: "say", channel: view.channel, text });
  $("line").value = "";
  drawUsage();
});
onEnter($("line"), $("composer"));
$("line").addEventListener("input", drawUsage);
$("user").addEventListener("change", () => {
  Object.assign(view, { user: $("user").value, thread: null });
  forgetModal();
  $("channels").replaceChildren(); // another person has other conversations
  refresh();
});
$("hour").addEventListener("click", () => send("/clock", { hours: 1 }));
$("day").addEventListener("click", () => send("/clock", { hours: 24 }));
$("week").addEventListener("click", () => send("/clock", { hours: 168 }));
$("inspect").addEventListener("click", () => {
  view.inspect = !view.inspect;
  $("inspect").setAttribute("aria-pressed", String(view.inspect));
  drawPanel();
});
for (const button of document.querySelectorAll(".try"))
  button.addEventListener("click", () => act({ kind: "say", channel: view.channel, text: button.textContent }));
addEventListener("hashchange", follow);

await refresh();
follow();
const news = new EventSource("/news");
news.addEventListener("open", refresh); // what happened before it was connected
news.addEventListener("message", refresh);
