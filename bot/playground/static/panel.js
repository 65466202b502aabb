// The side panel: the requests and replies as JSON, and Slack's next answer as one wishes it.

import { make } from "./blocks.js";
import { send, store, view } from "./store.js";

const box = document.getElementById("log");
const TROUBLE = [
  ["", "Slack's next answer…"],
  ["429", "429 ratelimited, wait 5 seconds"],
  ["internal_error", "internal_error"],
  ["is_archived", "is_archived"],
  ["not_in_channel", "not_in_channel"],
  ["missing_scope", "missing_scope"],
];

export function drawPanel() {
  box.hidden = !view.inspect;
  if (!view.inspect) return;
  const open = new Set([...box.querySelectorAll("details[open]")].map((d) => d.dataset.key));
  const entries = [...store.state.log].reverse().map((entry) => {
    const details = make("details", "");
    details.dataset.key = `log-${entry.number}`;
    details.open = open.has(details.dataset.key);
    details.append(make("summary", "", `${entry.way}  ${entry.status}`));
    details.append(make("pre", "", JSON.stringify(entry.sent, null, 2)), make("h3", "", "Answer"),
                   make("pre", "", JSON.stringify(entry.answer, null, 2)));
    return details;
  });
  const head = make("div", "panel-head");
  head.append(make("h2", "", "Requests and replies"));
  box.replaceChildren(head, trouble(), ...entries);
}

function trouble() {
  const field = make("select", "");
  field.setAttribute("aria-label", "Slack's next answer to the bot");
  field.append(...TROUBLE.map(([value, label]) => new Option(label, value)));
  field.addEventListener("change", () => {
    const limited = field.value === "429";
    if (field.value)
      send("/refuse", limited ? { error: "ratelimited", status: 429, retry_after: 5 } : { error: field.value });
  });
  return field;
}
