// The newest message, for screen readers: only it, and only once.

import { view } from "./memory.js";
import { unescape } from "./mrkdwn.js";
import { names, store } from "./store.js";

const LONGEST = 300; // characters
let last = null;

export function announce() {
  const here = store.state.messages.filter((m) => m.channel === view.channel);
  const newest = here.findLast((m) => !m.thread_ts || m.thread_ts === view.thread);
  const key = [view.user, view.channel, view.thread].join();
  const isNew = last?.key === key && newest && newest.ts !== last.ts;
  if (isNew && newest.user !== view.user)
    document.getElementById("announce").textContent =
      `${names()[newest.user] || newest.user}: ${unescape(newest.text).slice(0, LONGEST)}`;
  last = { key, ts: newest?.ts };
}
