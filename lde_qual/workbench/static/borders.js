// The borders between code tree, transcript and right side: how wide each side is and whether it is folded away.

import { make, button, active } from "./dom.js";
import { edgeActionOf } from "./keys.js";

const KEPT = "lde-qual-panels";
const STEP = 16;
const SIDES = ["left", "right"];
// Neither the text nor what stands beside it may become too narrow to be read.
const LEAST = { left: 150, right: 180 };
const MIDDLE = 320;
const KEYS = { left: "[", right: "]" };

export class Borders {
  constructor({ words, prefix, options }, left, middle, right) {
    this.words = words;
    // JupyterLab's other extensions read what the browser keeps for long; a tab's own place ends with the notebook.
    this.place = () => (options.host === "notebook" ? sessionStorage : localStorage);
    this.panels = { left, right };
    this.kept = this.read();
    for (const [side, panel] of Object.entries(this.panels)) {
      panel.id = `${prefix}-${side}`;
      this[side] = this.border(side, panel);
    }
    this.buttons = SIDES.map((side) => button(words(`panel.${side}`), () => this.fold(side), {
      "aria-keyshortcuts": KEYS[side], "aria-controls": this.panels[side].id,
    }));
    this.root = make(
      "div", { class: "columns" },
      make("nav", { class: "beside", "aria-label": words("tree.label") }, left, this.left), middle,
      make("aside", { class: "beside", "aria-label": words("tab.label") }, this.right, right),
    );
    this.apply();
    this.watch = new ResizeObserver(() => this.tell());
    for (const each of [this.root, left, right]) this.watch.observe(each);
  }

  border(side, panel) {
    return make("div", {
      class: "border", "data-side": side, role: "separator", tabindex: "0", "aria-orientation": "vertical",
      "aria-controls": panel.id, "aria-label": this.words(`border.${side}`),
      onkeydown: (event) => this.key(event, side), onpointerdown: (event) => this.drag(event, side), ondblclick: () => this.set(side, 0),
    });
  }

  // Only numbers and names of sides, and nothing of the study, whatever stands in the browser.
  read() {
    const kept = { left: 0, right: 0, folded: [] };
    try {
      const found = JSON.parse(this.place().getItem(KEPT)) || {};
      for (const side of SIDES) if (found[side] >= LEAST[side]) kept[side] = Number(found[side]);
      kept.folded = SIDES.filter((side) => found.folded?.includes(side));
    } catch {
      // Where the browser keeps nothing, or something else, the sides are as wide as ever.
    }
    return kept;
  }

  write() {
    try {
      this.place().setItem(KEPT, JSON.stringify(this.kept));
    } catch {
      // Then they stay so as long as the page does.
    }
  }

  apply() {
    for (const side of SIDES) {
      const width = this.kept[side];
      if (width) this.root.style.setProperty(`--${side}-kept`, `${width}px`);
      else this.root.style.removeProperty(`--${side}-kept`);
      this.root.classList.toggle(`no-${side}`, this.folded(side));
    }
    this.buttons.forEach((each, index) => each.setAttribute("aria-expanded", String(!this.folded(SIDES[index]))));
  }

  folded(side) {
    return this.kept.folded.includes(side);
  }

  width(side) {
    return Math.round(this.panels[side].getBoundingClientRect().width);
  }

  most(side) {
    const other = this.width(side === "left" ? "right" : "left");
    const borders = this.left.offsetWidth + this.right.offsetWidth;
    return Math.max(LEAST[side], this.root.clientWidth - borders - MIDDLE - other);
  }

  // What the eye sees of a border is said to who cannot see it.
  tell() {
    for (const side of SIDES) {
      const folded = this.folded(side);
      const now = this.width(side);
      const said = folded ? this.words("border.folded") : this.words("border.width", { width: now });
      const told = { valuemin: folded ? 0 : LEAST[side], valuemax: this.most(side), valuenow: now, valuetext: said };
      for (const [name, value] of Object.entries(told)) this[side].setAttribute(`aria-${name}`, String(value));
    }
  }

  // As wide as that, as far as there is room; 0 is as wide as the page makes it by itself.
  set(side, width) {
    this.kept[side] = width ? Math.round(Math.min(Math.max(width, LEAST[side]), this.most(side))) : 0;
    this.show(side);
    this.changed();
  }

  changed() {
    this.apply();
    this.tell();
    this.write();
  }

  show(side) {
    if (!this.folded(side)) return;
    this.kept.folded = this.kept.folded.filter((each) => each !== side);
    this.changed();
  }

  // What is folded away cannot keep the focus.
  fold(side) {
    if (this.folded(side)) {
      this.show(side);
      return;
    }
    const held = this.panels[side].contains(active(this.root));
    this.kept.folded.push(side);
    this.changed();
    if (held) this.buttons[SIDES.indexOf(side)].focus();
  }

  key(event, side) {
    const action = edgeActionOf(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    const on = (event.key === "ArrowRight") === (side === "left") ? STEP : -STEP;
    if (action === "fold") this.fold(side);
    else this.set(side, { move: this.width(side) + on, least: LEAST[side], most: this.most(side), usual: 0 }[action]);
  }

  drag(event, side) {
    if (event.button) return;
    const border = this[side];
    const from = event.clientX;
    const width = this.width(side);
    const move = ({ clientX }) => {
      const by = side === "left" ? clientX - from : from - clientX;
      if (by) this.set(side, Math.max(width + by, LEAST[side]));
    };
    border.setPointerCapture(event.pointerId);
    border.addEventListener("pointermove", move);
    border.addEventListener("lostpointercapture", () => border.removeEventListener("pointermove", move), { once: true });
  }

  close() {
    this.watch.disconnect();
  }
}
