// Hearing of what changed. A browser gives one host six connections, so a tab that nobody looks at
// lets go of its own.

import { showOffline } from "./notice.js";
import { refresh } from "./store.js";

const AGAIN = 2000; // milliseconds
let news = null;

// `connected` is called whenever a connection stands, also after the workspace was started anew.
export function listen(connected) {
  const follow = () => (document.hidden ? hangUp() : open(connected));
  document.addEventListener("visibilitychange", follow);
  follow();
}

function open(connected) {
  if (news) return;
  news = new EventSource("/news");
  news.addEventListener("open", async () => {
    showOffline(false);
    await refresh(); // what happened before
    connected();
  });
  news.addEventListener("message", refresh);
  news.addEventListener("error", () => {
    showOffline(true);
    if (news?.readyState !== EventSource.CLOSED) return; // it tries again by itself
    hangUp();
    setTimeout(() => open(connected), AGAIN);
  });
}

function hangUp() {
  news?.close();
  news = null;
}
