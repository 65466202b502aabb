// The open channel: its title, its messages, or a welcome while there are none.

import { keyOfPlace } from "./composer.js";
import { icon } from "./icons.js";
import { drawKeyed } from "./keyed.js";
import { view } from "./memory.js";
import { sticky } from "./scroll.js";
import { store } from "./store.js";
import { openThread, thread } from "./thread.js";
import { drawTimeline } from "./timeline.js";
import { drawWelcome } from "./welcome.js";

const $ = (id) => document.getElementById(id);
const list = sticky($("messages"));
let shown = "";

export const channel = () => store.state.channels.find((c) => c.id === view.channel);

export function drawChannel() {
  const here = channel();
  $("title").replaceChildren(icon(!here ? "home" : here.im ? "book" : "hash"), here ? here.name : "Home");
  $("messages").hidden = !here;
  if (!here) return;
  const messages = store.state.messages.filter((m) => m.channel === here.id && !m.thread_ts);
  if (messages.length) drawTimeline($("messages"), messages, { open: openThread });
  else drawKeyed($("messages"), [["welcome", keyOfPlace(), () => drawWelcome(here)]]);
  const place = keyOfPlace();
  if (place === shown) list.end(); else list.stick();
  shown = place;
}

export const toNewest = () => list.stick();

// Bring a message into sight, in its thread if it is a reply.
export function show(channelId, ts) {
  const found = store.state.messages.find((m) => m.channel === channelId && m.ts === ts);
  if (!store.state.channels.some((c) => c.id === channelId)) return;
  Object.assign(view, { channel: channelId, thread: found?.thread_ts || null });
  store.draw();
  (found?.thread_ts ? thread : list).release();
  const key = found?.thread_ts ? `thread-${ts}` : ts;
  const box = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  box?.scrollIntoView({ block: "center" });
  box?.classList.add("sought");
}
