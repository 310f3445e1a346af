// Elements are made by calls only: what a transcript says is text and never becomes markup.

// JupyterLab's shortcuts end in :focus, so the attribute has to be on every element that can have it.
export const SUPPRESS = "data-lm-suppress-shortcuts";
const FOCUSABLE = new Set(["button", "input", "textarea", "select", "a", "summary"]);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  if (FOCUSABLE.has(tag) || "tabindex" in attributes) element.setAttribute(SUPPRESS, "true");
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(text, action, attributes = {}) {
  return make("button", { type: "button", onclick: action, ...attributes }, text);
}

// The same with the key that does it, for the eye; a screen reader is told by the attribute.
export function keyed(text, key, action, attributes = {}) {
  const made = button(text, action, { "aria-keyshortcuts": key, ...attributes });
  made.append(make("kbd", { class: "by", "aria-hidden": "true" }, key));
  return made;
}

// What has the focus where an element stands; to the document, all of a shadow root is one element.
export function active(element) {
  return element.getRootNode().activeElement;
}

// The shadow root that an element stands in, for what asks which ones it may look into.
export function shadows(element) {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? [root] : [];
}

// The selection, also inside a shadow root: Chromium asks the root, the others look into those that they are given.
export function selectedRange(element) {
  const [root] = shadows(element);
  const selection = (root?.getSelection ? root : document).getSelection();
  if (!selection?.rangeCount) return null;
  if (!root || root.getSelection || !selection.getComposedRanges) return selection.getRangeAt(0);
  const [found] = selection.getComposedRanges({ shadowRoots: [root] });
  const range = document.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return range;
}

export function later(action, wait) {
  let timer = 0;
  let last = [];
  const act = () => {
    clearTimeout(timer);
    timer = 0;
    action(...last);
  };
  const run = (...values) => {
    last = values;
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  run.now = () => { if (timer) act(); };
  return run;
}

// Do something one at a time, so that no older answer comes after a newer one: what is asked for while it is done is done
// once more after it. The action is told whether that is so.
export function oneAtATime(action) {
  let doing = null;
  let more = false;
  const run = async () => {
    while (more) {
      more = false;
      await action(() => more);
    }
  };
  const asked = () => {
    more = true;
    doing ||= run().finally(() => { doing = null; });
    return doing;
  };
  asked.busy = () => Boolean(doing);
  return asked;
}

export function idle(action) {
  if (window.requestIdleCallback) window.requestIdleCallback(action, { timeout: 200 });
  else setTimeout(action, 1);
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
