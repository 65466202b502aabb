// A list that stays at its newest line, unless one has scrolled up to read.

const NEAR = 60; // pixels from the end that count as the end

export function sticky(box) {
  let stuck = true;
  let last = 0; // where we left it
  const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  const end = () => {
    if (box.scrollTop < last && !isAtEnd()) stuck = false; // scrolled, though its event is still to come
    if (!stuck) return;
    box.scrollTop = box.scrollHeight;
    last = box.scrollTop;
  };
  box.addEventListener("scroll", () => { stuck = isAtEnd(); });
  new ResizeObserver(end).observe(box); // a panel beside it opened, and lines wrap anew
  return { end, stick() { [stuck, last] = [true, 0]; end(); }, release() { stuck = false; } };
}
