// A menu under a ⋯ button: arrow keys move, Enter or a click chooses, Escape closes.

import { button, make } from "./dom.js";
import { restore, spot } from "./focus.js";
import { icon } from "./icons.js";

// `items`: [label, value, run, description].
export function menuButton(name, label, items) {
  let wasOpen = false;
  const opener = button(name, undefined, () => { if (!wasOpen) open(opener, label, items); });
  opener.addEventListener("pointerdown", () => { wasOpen = opener.getAttribute("aria-expanded") === "true"; });
  opener.addEventListener("keydown", () => { wasOpen = false; });
  opener.append(icon("more"));
  opener.setAttribute("aria-label", label);
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  return opener;
}

function open(opener, label, items) {
  const at = spot(opener);
  const menu = make("div", "menu");
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label);
  menu.append(...items.map(([text, value, run, description]) => {
    const item = button("", text, () => { menu.hidePopover(); run(); });
    item.setAttribute("role", "menuitem");
    item.dataset.value = value;
    if (description) item.append(make("small", "", description));
    return item;
  }));
  const follow = () => place(menu, opener.getBoundingClientRect());
  menu.addEventListener("keydown", (event) => move(event, menu));
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    removeEventListener("scroll", follow, true);
    opener.setAttribute("aria-expanded", "false");
    menu.remove();
    if (document.activeElement === document.body) restore(at); // the opener was drawn anew meanwhile
  });
  (opener.closest("dialog") || document.body).append(menu); // what is outside an open dialog is inert
  menu.showPopover();
  follow();
  opener.setAttribute("aria-expanded", "true");
  menu.firstElementChild.focus({ preventScroll: true });
  addEventListener("scroll", follow, true); // of whichever list the opener is in
}

function place(menu, box) {
  const { offsetHeight: height, offsetWidth: width } = menu;
  const below = box.bottom + 4 + height < innerHeight;
  menu.style.top = `${below ? box.bottom + 4 : Math.max(4, box.top - 4 - height)}px`;
  menu.style.left = `${Math.max(4, Math.min(box.left, innerWidth - width - 8))}px`;
}

function move(event, menu) {
  const items = [...menu.children];
  const here = items.indexOf(document.activeElement);
  const places = { ArrowDown: here + 1, ArrowUp: here - 1 + items.length, Home: 0, End: items.length - 1 };
  if (event.key === "Tab") menu.hidePopover();
  if (!(event.key in places)) return;
  event.preventDefault();
  items[places[event.key] % items.length].focus();
}
