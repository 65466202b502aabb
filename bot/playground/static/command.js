// The channel's composer: what Slack shows of a command while one types it, and Tab to complete it.

import { channel, toNewest } from "./channel.js";
import { drawComposer, keyOfPlace, makeComposer, set } from "./composer.js";
import { make } from "./dom.js";
import { view } from "./memory.js";
import { store } from "./store.js";

const $ = (id) => document.getElementById(id);

const composer = makeComposer($("composer"), {
  place: keyOfPlace, userAction: () => ({ channel: view.channel }), sent: toNewest, completes,
});

export function drawLine() {
  const here = channel();
  $("composer").hidden = !here;
  if (here) drawComposer(composer, here.im ? `Message ${here.name}` : `Message #${here.name}`);
}

// Begun, and not yet followed by a text.
function isBegun() {
  const typed = $("line").value;
  const { command } = store.state.command;
  return typed.startsWith("/") && `${command} `.startsWith(typed);
}

function completes(event) {
  const { command } = store.state.command;
  const isPart = isBegun() && $("line").value.length < command.length;
  if (!isPart || event.shiftKey || !["Tab", "Enter"].includes(event.key)) return false;
  set(composer, `${command} `);
  return true;
}

function drawUsage() {
  const { command, description, usage_hint: hint } = store.state.command;
  $("usage").hidden = !isBegun();
  $("usage").replaceChildren(make("strong", "", command), ` ${hint}`, make("br", ""), description);
}

$("line").addEventListener("input", drawUsage);
