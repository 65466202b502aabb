// What an empty channel says: what this is, and three questions to begin with.

import { button, make, wrap } from "./dom.js";
import { act } from "./store.js";

const CARDS = [
  ["A misspelt term", "/llm-startup 微条是什么", "微条是什么"],
  ["A choice of two", "/llm-startup RAG or fine-tuning", "RAG or fine-tuning"],
  ["For the whole team", "@llm-startup what is prompt injection", "what is prompt injection"],
];

export function drawWelcome(channel) {
  const logo = make("img", "logo");
  logo.src = "/static/icon.svg";
  logo.alt = "";
  const title = channel.im ? "Ask the handbook" : `Welcome to #${channel.name}`;
  const said = channel.im
    ? "In direct messages, simply ask: no command, no mention."
    : "The real bot, on this machine, without Slack. Type a command, or mention @llm-startup.";
  const cards = CARDS.map(([label, publicly, directly]) => {
    const text = channel.im ? directly : publicly;
    const card = button("card", undefined, () => act({ kind: "say", channel: channel.id, text }));
    card.append(make("small", "", label), make("strong", "", text));
    return card;
  });
  return wrap("div", "welcome", logo, make("h2", "", title), make("p", "", said), wrap("div", "cards", ...cards));
}
