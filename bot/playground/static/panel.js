// The side panel: the requests and replies as JSON, and Slack's next answer as one wishes it.

import { closePanel, openPanel } from "./aside.js";
import { make, wrap } from "./dom.js";
import { drawKeyed } from "./keyed.js";
import { view } from "./memory.js";
import { refresh, store, tell } from "./store.js";

const $ = (id) => document.getElementById(id);
const LIMITED = { error: "ratelimited", status: 429, retry_after: 5 };

export function drawPanel() {
  $("log").hidden = !view.inspect;
  $("inspect").setAttribute("aria-pressed", String(view.inspect));
  if (!view.inspect) return;
  const { armed, log } = store.state;
  $("armed").textContent = armed.length ? `Armed: ${armed.join(", ")}` : "";
  drawKeyed($("entries"), [...log].reverse().map((entry) => [`log-${entry.number}`, "", () => drawEntry(entry)]));
}

function drawEntry(entry) {
  const { answer, sent, status, taken, way } = entry;
  const failed = status !== 200 || answer?.ok === false;
  const parts = [`${way} ${describe(sent)}`.trim(), status || "no answer"];
  if (taken) parts.push(`${taken} ms`);
  if (answer?.error) parts.push(answer.error);
  const json = (value) => make("pre", "", typeof value === "string" ? value : JSON.stringify(value, null, 2));
  const details = wrap("details", failed ? "failed" : "", make("summary", "", parts.join(" · ")));
  details.addEventListener("toggle", () => details.append(make("h3", "", "Sent"), json(sent), make("h3", "", "Answer"), json(answer)), { once: true });
  return details;
}

// What a request of Slack to the bot is about.
function describe(sent) {
  if (sent.command) return `${sent.command} ${sent.text}`;
  if (sent.event) return sent.event.type;
  const name = sent.actions?.[0].action_id ?? sent.callback_id ?? sent.view?.callback_id ?? "";
  return sent.type && sent.user ? `${sent.type} ${name}` : "";
}

$("inspect").addEventListener("click", () => {
  if (view.inspect) closePanel("inspect"); else openPanel("inspect", true);
  refresh(); // the log comes only when it is open
});
$("log-close").addEventListener("click", () => closePanel("inspect"));
$("arm").addEventListener("submit", (event) => {
  event.preventDefault();
  const error = $("trouble").value;
  tell("/refuse", error === "429" ? LIMITED : { error });
});
