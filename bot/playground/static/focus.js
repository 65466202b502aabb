// A redraw makes new elements: give the focus, the caret and the scroll back to the same place.

const FOCUSABLE = "button, select, input, textarea, a[href], summary";

export function keepFocus(draw) {
  const element = document.activeElement;
  const key = element?.closest("[data-key]")?.dataset.key;
  const place = key ? inside(key).indexOf(element) : -1;
  const { selectionStart, selectionEnd } = element?.tagName === "TEXTAREA" ? element : {};
  draw();
  if (place < 0 || document.querySelector("dialog[open]")) return;
  const again = inside(key)[place];
  again?.focus({ preventScroll: true });
  if (selectionStart !== undefined && again?.tagName === "TEXTAREA") again.setSelectionRange(selectionStart, selectionEnd);
}

function inside(key) {
  const box = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  return box ? [...box.querySelectorAll(FOCUSABLE)] : [];
}
