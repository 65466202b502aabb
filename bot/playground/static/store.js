// What the page knows: the server's state, what this person looks at, and how to tell the server.

export const BOT = "UBOT";
export const view = { user: "U1", channel: "C1", thread: null, inspect: false };
export const store = { state: null, draw: () => {} };

export async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  return answer.json();
}

export const act = (deed) => send("/do", { user: view.user, ...deed });

let asked = 0;

export async function refresh() {
  const mine = ++asked;
  const found = await (await fetch(`/state?user=${encodeURIComponent(view.user)}`)).json();
  if (mine !== asked) return; // a later question is under way, and its answer is newer
  store.state = found;
  if (view.channel !== "home" && !found.channels.some((c) => c.id === view.channel))
    view.channel = found.channels.find((c) => c.im === view.channel.startsWith("D")).id; // one's own conversation
  store.draw();
}

export function names() {
  const people = store.state.users.map((u) => [u.id, u.name]);
  const channels = store.state.channels.map((c) => [c.id, c.name]);
  return { ...Object.fromEntries([...people, ...channels]), [BOT]: "llm-startup" };
}

export function people() {
  return store.state.users.map((u) => [u.id, u.name]);
}

// What the blocks of a view need to act.
export function inView(shown) {
  return { names: names(), people: people(), act: (action) => act({ kind: "click", view: shown.id, action }) };
}
