// What one tab remembers across a reload: who one is, what is open, what was read and typed.

const KEY = "local-workspace";

// `read`: person/channel -> number of the last message seen; `drafts`: place -> text.
export const view = {
  user: "U1", channel: "C1", thread: null, inspect: false, since: null, read: {}, drafts: {},
  ...JSON.parse(sessionStorage.getItem(KEY) || "{}"),
};

export function remember() {
  sessionStorage.setItem(KEY, JSON.stringify(view));
}
