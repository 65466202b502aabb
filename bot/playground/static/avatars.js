// Pictures of people: an initial on a colour of their own; the app has an icon.

import { make } from "./dom.js";
import { BOT, names, store } from "./store.js";

export function avatar(user) {
  if (user === BOT) {
    const picture = make("img", "avatar");
    picture.src = "/static/icon.svg";
    picture.alt = "";
    return picture;
  }
  const place = store.state.users.findIndex((u) => u.id === user);
  const [initial] = names()[user] || user;
  const element = make("span", `avatar tint-${place < 0 ? "other" : place % 5}`, initial);
  element.setAttribute("aria-hidden", "true");
  return element;
}
