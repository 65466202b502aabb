// Which messages one has not seen: each has a number, and each channel the last that was read.

import { view } from "./memory.js";
import { store } from "./store.js";

const number = (m) => Number(m.ts.split(".")[1]);
const key = (channel) => `${view.user}/${channel}`;
const inChannel = (channel) => store.state.messages.filter((m) => m.channel === channel && !m.thread_ts);

export function countUnread(channel) {
  const last = view.read[key(channel)] ?? view.since;
  return inChannel(channel).filter((m) => number(m) > last && m.user !== view.user).length;
}

export function markRead() {
  if (!document.hidden) view.read[key(view.channel)] = store.state.number;
}
