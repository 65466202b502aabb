// Line icons on a grid of 20. Decoration only: whoever uses one gives the name.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  reply: "M3 4.5h14v9H9l-4 3v-3H3z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  close: "M5 5l10 10M15 5L5 15",
  send: "M3 4l14 6-14 6 2.500-6zM5.500 10H11",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400z",
  home: "M3 9.500L10 4l7 5.500M5 8.500V16h10V8.500M8.500 16v-4h3v4",
  hash: "M4 7.500h13M3 12.500h13M8.500 3.500l-2 13M13.500 3.500l-2 13",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.700 1.700",
  inspect: "M7 5.500L2.500 10 7 14.500M13 5.500l4.500 4.500-4.500 4.500",
  file: "M5 3h6l4 4v10H5zM11 3v4h4",
  book: "M10 5.500C8 4 5.500 3.700 3 4v11.500c2.500-.3 5 0 7 1.500 2-1.500 4.500-1.800 7-1.500V4c-2.500-.3-5 0-7 1.500zM10 5.500V17",
};

export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 20 20");
  picture.setAttribute("class", `icon icon-${name}`);
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  picture.append(path);
  return picture;
}

// The page's own: <button data-icon="send">.
export function drawIcons() {
  for (const element of document.querySelectorAll("[data-icon]")) element.prepend(icon(element.dataset.icon));
}
