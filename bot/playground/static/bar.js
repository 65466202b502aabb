// The bar at the top: who one is, the clock; and under it the faults in the content.

import { clockParts } from "./dates.js";
import { make, wrap } from "./dom.js";
import { openHome } from "./home.js";
import { drawKeyed } from "./keyed.js";
import { view } from "./memory.js";
import { offerLine } from "./sidebar.js";
import { refresh, store, tell } from "./store.js";

const $ = (id) => document.getElementById(id);

export function drawBar() {
  const { faults, users } = store.state;
  const [date, time, zone] = clockParts();
  $("now").replaceChildren(make("span", "date", date), make("span", "", time), make("span", "zone", zone));
  if ($("user").length !== users.length)
    $("user").replaceChildren(...users.map((u) => new Option(`${u.name} · ${u.role}`, u.id)));
  $("user").value = view.user;
  $("faults").hidden = !faults.length;
  drawKeyed($("faults"), faults.length ? [["faults", faults.join("\n"), () => drawFaults(faults)]] : []);
}

function drawFaults(faults) {
  const lines = faults.map((fault) => make("p", "", fault));
  if (faults.length === 1) return lines[0];
  return wrap("details", "", make("summary", "", `${faults.length} faults in the content`), ...lines);
}

$("user").addEventListener("change", async () => {
  Object.assign(view, { user: $("user").value, thread: null });
  $("channels").inert = true; // they are the other person's until the new ones are here
  await refresh();
  $("channels").inert = false;
  if (view.channel === "home") openHome();
  offerLine();
});
for (const [id, hours] of [["hour", 1], ["day", 24], ["week", 168]])
  $(id).addEventListener("click", () => tell("/clock", { hours }));
