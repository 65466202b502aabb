// Text objects.

import { emojis } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

// A plain_text as a string, its shortcodes as signs.
export function plain(object) {
  return object.emoji === false ? object.text : emojis(object.text);
}

// Any text object as a node.
export function words(object, c) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, c.names) : document.createTextNode(plain(object));
}
