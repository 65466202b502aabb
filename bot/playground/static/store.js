// The server's state, and how to tell the server what the person does.

import { view } from "./memory.js";
import { showOffline, showRefusal } from "./notice.js";

export const BOT = "UBOT";
export const store = { state: null, draw: () => {} };

// Throws what the server refused, in its words.
async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (answer.ok) return;
  const said = await answer.json().catch(() => ({}));
  throw new Error(said.error || `${answer.status} ${answer.statusText}`);
}

// Whether it was done; if not, the person is told.
export async function tell(path, body) {
  try {
    await send(path, body);
  } catch (error) {
    showRefusal(error instanceof TypeError ? "The workspace cannot be reached." : error.message);
    return false;
  }
  showRefusal("");
  return true;
}

export const act = (userAction) => tell("/do", { user: view.user, ...userAction });

let running = null;
let again = false;

// One question at a time; whatever happens meanwhile is asked for in one more.
export function refresh() {
  again = true;
  running ||= (async () => {
    while (again) {
      again = false;
      await load().catch(() => showOffline(true));
    }
    running = null;
  })();
  return running;
}

async function load() {
  const user = view.user;
  const query = new URLSearchParams(view.inspect ? { user, log: "1" } : { user });
  const found = await (await fetch(`/state?${query}`)).json();
  if (user !== view.user) return; // another person is being asked for
  store.state = found;
  settle(found);
  store.draw();
}

// What is remembered may be of an earlier workspace or of another person.
function settle({ channels, messages, number, users }) {
  if (!users.some((u) => u.id === view.user)) {
    view.user = users[0].id;
    refresh();
  }
  if (view.since === null || view.since > number) Object.assign(view, { since: number, read: {} });
  if (view.channel !== "home" && !channels.some((c) => c.id === view.channel))
    view.channel = channels.find((c) => c.im === view.channel.startsWith("D")).id; // one's own conversation
  if (!messages.some((m) => m.channel === view.channel && m.ts === view.thread)) view.thread = null;
}

export function names() {
  const { channels, users } = store.state;
  return Object.fromEntries([...users.map((u) => [u.id, u.name]), ...channels.map((c) => [c.id, c.name]), [BOT, "llm-startup"]]);
}

// What blocks need besides a way to act.
export function surroundings() {
  const { channels, users } = store.state;
  return {
    names: names(), people: users.map((u) => [u.id, u.name]),
    channels: channels.filter((c) => !c.im).map((c) => [c.id, c.name]),
  };
}
