// Where a browser has no highlights of its own: flat marks behind the text, which stays one text node a turn.

import { make } from "./dom.js";

// Marks stand to be drawn until the next frame: all places are read, then all marks are written.
export class Marks {
  constructor() {
    this.sets = new Set();
    this.waiting = false;
  }

  // Adds, deletes and clears ranges as a Highlight does.
  named(name, look) {
    const set = new MarkSet(this, name, look);
    this.sets.add(set);
    return set;
  }

  soon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  // The lines of the text break elsewhere: every mark is put where its words are now.
  moved() {
    for (const set of this.sets) {
      for (const marks of set.drawn.values()) for (const mark of marks) mark.remove();
      for (const range of set.drawn.keys()) set.fresh.add(range);
      set.drawn.clear();
    }
    this.soon();
  }

  draw() {
    const plan = [];
    for (const set of this.sets) {
      for (const range of set.fresh) {
        const turn = range.startContainer.parentElement?.closest(".turn");
        if (turn) plan.push({ set, range, turn, boxes: placesOf(range, turn) });
      }
      set.fresh.clear();
    }
    for (const { set, range, turn, boxes } of plan) {
      const marks = boxes.map((box) => set.mark(box));
      set.drawn.set(range, marks);
      turn.prepend(...marks);
    }
  }

  close() {
    for (const set of this.sets) set.clear();
    this.sets.clear();
  }
}

class MarkSet {
  constructor(marks, name, look) {
    Object.assign(this, { marks, name, look });
    this.fresh = new Set();
    this.drawn = new Map();
  }

  add(range) {
    this.fresh.add(range);
    this.marks.soon();
  }

  delete(range) {
    this.fresh.delete(range);
    for (const mark of this.drawn.get(range) || []) mark.remove();
    this.drawn.delete(range);
  }

  clear() {
    for (const range of [...this.fresh, ...this.drawn.keys()]) this.delete(range);
  }

  mark({ top, left, width, height }) {
    const mark = make("mark", { class: "flat", "data-mark": this.name, "aria-hidden": "true" });
    for (const [name, value] of Object.entries({ top, left, width, height })) mark.style[name] = `${value}px`;
    for (const [name, value] of Object.entries(this.look())) mark.style.setProperty(name, value);
    return mark;
  }
}

function placesOf({ startContainer, startOffset, endContainer, endOffset }, turn) {
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  const ground = turn.getBoundingClientRect();
  return [...range.getClientRects()].map((box) => ({
    top: box.top - ground.top, left: box.left - ground.left, width: box.width, height: box.height,
  }));
}
