// Messages in their order, with a line at each new day, each author named once.

import { day, dayName } from "./dates.js";
import { make, wrap } from "./dom.js";
import { drawKeyed } from "./keyed.js";
import { view } from "./memory.js";
import { drawMessage } from "./message.js";
import { store } from "./store.js";

const TOGETHER = 300; // seconds

// `prefix` keeps the keys apart where a message stands in two places. `open(ts)`: opens its thread.
export function drawTimeline(box, messages, { prefix = "", open } = {}) {
  const threads = open ? Map.groupBy(store.state.messages, (m) => m.thread_ts) : new Map();
  const items = [];
  let before = null;
  for (const m of messages) {
    const today = day(m.ts);
    const isNewDay = !before || day(before.ts) !== today;
    if (isNewDay) items.push([`${prefix}day-${today}`, dayName(m.ts), () => divider(m.ts)]);
    const follows = !isNewDay && belongs(before, m);
    const replies = threads.get(m.ts) || [];
    const version = JSON.stringify([view.user, m, follows, replies.map((r) => r.ts)]);
    const openThread = open && !m.only_for ? () => open(m.ts) : undefined;
    items.push([prefix + m.ts, version, () => drawMessage(m, { follows, replies, openThread })]);
    before = m;
  }
  drawKeyed(box, items);
}

// A private message always stands by itself.
function belongs(before, m) {
  return before.user === m.user && !before.only_for && !m.only_for && parseFloat(m.ts) - parseFloat(before.ts) < TOGETHER;
}

function divider(ts) {
  return wrap("div", "day", make("span", "", dayName(ts)));
}
