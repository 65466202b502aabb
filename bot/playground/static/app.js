// The page: shows the workspace's state and sends what the person does. The server holds all state.

import { announce } from "./announce.js";
import { closeOnEscape } from "./aside.js";
import { drawBar } from "./bar.js";
import { drawChannel, show } from "./channel.js";
import { drawLine } from "./command.js";
import { keepFocus } from "./focus.js";
import { drawHome, openHome } from "./home.js";
import { drawIcons } from "./icons.js";
import { remember, view } from "./memory.js";
import { drawModal } from "./modal.js";
import { listen } from "./news.js";
import { showRefusal } from "./notice.js";
import { drawPanel } from "./panel.js";
import { drawSidebar, offerLine } from "./sidebar.js";
import { refresh, store } from "./store.js";
import { drawThread } from "./thread.js";
import { markRead } from "./unread.js";

store.draw = () => {
  markRead();
  keepFocus(() => {
    for (const draw of [drawBar, drawSidebar, drawChannel, drawHome, drawLine, drawThread, drawPanel]) draw();
  });
  drawModal();
  announce();
  remember();
};

// A link to a message of this workspace: #channel/ts.
function follow() {
  const [, channel, ts] = location.hash.match(/^#(\w+)\/([\d.]+)$/) || [];
  if (!ts) return;
  history.replaceState(null, "", location.pathname); // so that the same link leads there again
  show(channel, ts);
}

drawIcons();
closeOnEscape();
document.getElementById("refusal-close").addEventListener("click", () => showRefusal(""));
addEventListener("hashchange", follow);
listen(() => { if (view.channel === "home") openHome(); });
await refresh();
follow();
offerLine();
