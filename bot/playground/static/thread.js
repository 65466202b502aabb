// The thread beside the channel.

import { closePanel, openPanel } from "./aside.js";
import { drawComposer, makeComposer, placeOf } from "./composer.js";
import { view } from "./memory.js";
import { sticky } from "./scroll.js";
import { store } from "./store.js";
import { drawTimeline } from "./timeline.js";

const $ = (id) => document.getElementById(id);
export const thread = sticky($("replies"));
let shown = null;

const reply = makeComposer($("reply"), {
  place: () => placeOf(view.channel, view.thread),
  userAction: () => ({ channel: view.channel, thread_ts: view.thread }),
  sent: () => thread.stick(),
});

export function openThread(ts) {
  openPanel("thread", ts);
  $("reply-line").focus();
}

export function drawThread() {
  $("thread").hidden = !view.thread;
  if (view.thread) {
    const all = store.state.messages.filter(
      (m) => m.channel === view.channel && (m.ts === view.thread || m.thread_ts === view.thread));
    drawTimeline($("replies"), all, { prefix: "thread-" });
    drawComposer(reply, "Reply…");
    if (view.thread === shown) thread.end(); else thread.stick();
  }
  shown = view.thread;
}

$("thread-close").addEventListener("click", () => closePanel("thread"));
