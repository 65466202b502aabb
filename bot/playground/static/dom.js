// Small makers of elements.

export function make(tag, name, content) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (content !== undefined) element.textContent = content;
  return element;
}

export function wrap(tag, name, ...children) {
  const element = make(tag, name);
  element.append(...children);
  return element;
}

export function button(name, label, run) {
  const element = make("button", name, label);
  element.type = "button";
  element.addEventListener("click", run);
  return element;
}
