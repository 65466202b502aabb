// Slack's confirmation before an action, with its own words on the buttons.

import { button, make, wrap } from "./dom.js";
import { plain, words } from "./words.js";

// Resolves to whether the person agreed.
export function confirmed(asked, c) {
  return new Promise((resolve) => {
    const box = make("dialog", "confirm");
    const title = Object.assign(make("h2", "", plain(asked.title)), { id: "confirm-title" });
    const finish = (agreed) => { box.close(); box.remove(); resolve(agreed); };
    const deny = button("", plain(asked.deny), () => finish(false));
    const agree = button(asked.style === "danger" ? "danger full" : "primary", plain(asked.confirm), () => finish(true));
    box.setAttribute("aria-labelledby", title.id);
    box.append(wrap("header", "", title), wrap("div", "body", words(asked.text, c)), wrap("footer", "", deny, agree));
    box.addEventListener("cancel", (event) => { event.preventDefault(); finish(false); });
    document.body.append(box);
    box.showModal();
    agree.focus();
  });
}
