// Where the focus is, in words that outlive a redraw: the box (data-key), the action in it, its block.

export function spot(element = document.activeElement) {
  const key = element?.closest("[data-key]")?.dataset.key;
  if (!key) return null;
  const { action, block } = element.closest("[data-action]")?.dataset ?? {};
  const caret = typeof element.selectionStart === "number" ? [element.selectionStart, element.selectionEnd] : null;
  return { key, action, block, caret, id: action ? "" : element.id };
}

// Back to the same action; where that is gone to its box, never to a neighbour.
export function restore(at) {
  const box = at && document.querySelector(`[data-key="${CSS.escape(at.key)}"]`);
  if (!box) return document.getElementById("line").focus();
  const element = (at.id && document.getElementById(at.id)) || inside(box, at) || box;
  if (element === box) box.tabIndex = -1;
  element.focus({ preventScroll: true });
  if (at.caret && element.setSelectionRange) element.setSelectionRange(...at.caret);
}

function inside(box, { action, block }) {
  const found = action ? [...box.querySelectorAll(`[data-action="${CSS.escape(action)}"]`)] : [];
  const same = found.find((e) => e.dataset.block === block) || (found.length === 1 && found[0]);
  return same && (same.querySelector("input") || same); // the first tick of a group
}

export function keepFocus(draw) {
  const before = document.activeElement;
  const at = spot(before);
  draw();
  if (at && !before.isConnected && document.activeElement === document.body) restore(at);
}
