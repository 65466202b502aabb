// A list that stays at its newest line, unless one has scrolled up to read.

const NEAR = 60; // pixels from the end that count as the end

export function sticky(box) {
  let stuck = true;
  const end = () => { if (stuck) box.scrollTop = box.scrollHeight; };
  box.addEventListener("scroll", () => { stuck = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR; });
  new ResizeObserver(end).observe(box); // a panel beside it opened, and lines wrap anew
  return { end, stick() { stuck = true; end(); }, release() { stuck = false; } };
}
