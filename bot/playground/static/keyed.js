// A list of elements that stand as long as what they show stays the same: a redraw leaves the
// selection, the focus and open details of all others alone.

const versions = new WeakMap();

// `items`: [key, version, make]; an element is made anew when its version is another.
export function drawKeyed(box, items) {
  const wanted = new Set(items.map(([key]) => key));
  for (const child of [...box.children]) if (!wanted.has(child.dataset.key)) child.remove();
  const old = new Map([...box.children].map((child) => [child.dataset.key, child]));
  let place = box.firstElementChild;
  for (const [key, version, make] of items) {
    const before = old.get(key);
    let element = before;
    if (!before || versions.get(before) !== version) {
      element = make();
      element.dataset.key = key;
      versions.set(element, version);
      before?.replaceWith(element);
      if (before === place) place = element;
    }
    if (element === place) place = element.nextElementSibling;
    else box.insertBefore(element, place);
  }
}
