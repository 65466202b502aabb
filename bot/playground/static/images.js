// Pictures. Those from elsewhere are not fetched: their description stands for them.

import { make } from "./dom.js";

export function picture(part) {
  const element = make("img", "");
  element.alt = part.alt_text;
  element.src = part.image_url;
  element.addEventListener("error", () => {
    const stand = make("span", "no-image", part.alt_text);
    stand.setAttribute("role", "img");
    stand.setAttribute("aria-label", part.alt_text);
    element.replaceWith(stand);
  });
  return element;
}
