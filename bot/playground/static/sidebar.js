// The channels and conversations, with what is unread in each.

import { button, make, wrap } from "./dom.js";
import { openHome } from "./home.js";
import { icon } from "./icons.js";
import { drawKeyed } from "./keyed.js";
import { view } from "./memory.js";
import { store } from "./store.js";
import { countUnread } from "./unread.js";

const $ = (id) => document.getElementById(id);

export function drawSidebar() {
  const { channels } = store.state;
  const items = (list) => list.map((c) => item(c.id, c.name, c.im ? "dot" : "hash", countUnread(c.id)));
  const heading = (name) => [`heading-${name}`, name, () => make("li", "heading", name)];
  drawKeyed($("channels"), [
    item("home", "Home", "home", 0),
    heading("Channels"), ...items(channels.filter((c) => !c.im)),
    heading("Apps"), ...items(channels.filter((c) => c.im)),
  ]);
}

function item(id, name, sign, unread) {
  const isOpen = id === view.channel;
  return [`open-${id}`, JSON.stringify([name, isOpen, unread]), () => {
    const opener = button("", undefined, () => open(id));
    opener.append(sign === "dot" ? make("span", "presence") : icon(sign), make("span", "name", name));
    opener.dataset.action = "open";
    if (isOpen) opener.setAttribute("aria-current", "page");
    if (unread) opener.append(wrap("span", "count", String(unread), make("span", "sr", " unread")));
    return wrap("li", unread ? "unread" : "", opener);
  }];
}

function open(id) {
  Object.assign(view, { channel: id, thread: null });
  if (id === "home") openHome();
  store.draw();
  focusLine();
}

// After a wait: not from where the person has gone meanwhile.
export function offerLine() {
  if ([document.body, $("user")].includes(document.activeElement)) focusLine();
}

// Not where that would bring up a keyboard on the screen.
export function focusLine() {
  if (view.channel !== "home" && matchMedia("(hover: hover)").matches) $("line").focus();
}
