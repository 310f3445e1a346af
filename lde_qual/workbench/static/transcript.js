// The transcript: one text node a turn that nothing ever changes; codings are painted over it.

import { Offsets, wholeWords, exactly } from "./offsets.js";
import { make, shadows, selectedRange } from "./dom.js";
import { Layer } from "./layer.js";
import { Stripes } from "./stripes.js";

export class TranscriptView {
  // on: caret(), pick(codingIds), pending(), reveal()
  constructor(painter, words, on) {
    this.painter = painter;
    this.words = words;
    this.on = on;
    this.root = make("div", { class: "turns", role: "group" });
    this.layer = new Layer(painter);
    this.stripes = new Stripes(this, painter);
    this.turns = [];
    this.codings = new Map();
    this.painted = new Map();
    this.focused = 0;
    this.pending = null;
    this.root.addEventListener("pointerup", (event) => setTimeout(() => this.takeSelection(event.altKey), 0));
    this.root.addEventListener("pointerdown", () => this.root.classList.remove("held"));
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("focusin", (event) => {
      const turn = event.target.closest(".turn");
      if (turn) this.touch(Number(turn.dataset.turn));
    });
  }

  show(data) {
    this.data = data;
    this.offsets = new Offsets(data.text);
    this.pending = null;
    this.focused = 0;
    this.caret = null;
    this.chosen = "";
    this.root.setAttribute("aria-label", this.words("transcript.label", { name: data.name }));
    this.turns = data.turns.map((turn, index) => this.turn(turn, index));
    this.root.replaceChildren(...this.turns.map((turn) => turn.element));
    this.layer.watch(this.turns, this.root.parentElement);
    this.repaint(data.codings);
    this.paintAll("noted", data.notes || []);
    if (this.turns.length) this.turns[0].element.tabIndex = 0;
  }

  turn(turn, index) {
    const start = this.offsets.toUnits(turn.start);
    const end = this.offsets.toUnits(turn.end);
    const text = document.createTextNode(this.data.text.slice(start, end));
    const stripes = make("div", { class: "stripes", "aria-hidden": "true" });
    const time = turn.time ? make("span", { class: "time" }, turn.time) : null;
    const element = make(
      "div",
      {
        class: turn.interviewer ? "turn interviewer" : "turn", tabindex: "-1", role: "group", "data-turn": index,
        "aria-label": [turn.label, this.words("turn.number", { number: turn.number }), turn.time].filter(Boolean).join(", "),
      },
      make("div", { class: "who", title: [turn.name, turn.role].filter(Boolean).join(" · ") }, make("b", {}, turn.label), time),
      make("p", { class: "speech", lang: this.data.lang || "nl" }, text),
      stripes,
    );
    return { ...turn, index, unitStart: start, unitEnd: end, text, element, stripes };
  }

  // The turns that [start, end) in code points touches, with the part of each in its own UTF-16 units.
  segments(start, end) {
    const from = this.offsets.toUnits(start);
    const to = this.offsets.toUnits(end);
    const found = [];
    for (let index = this.turnAt(from); index < this.turns.length && this.turns[index].unitStart < to; index += 1) {
      const turn = this.turns[index];
      const low = Math.max(from, turn.unitStart) - turn.unitStart;
      const high = Math.min(to, turn.unitEnd) - turn.unitStart;
      if (low < high) found.push({ turn, low, high });
    }
    return found;
  }

  // The first turn that ends after a unit.
  turnAt(unit) {
    let low = 0;
    let high = this.turns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.turns[middle].unitEnd <= unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  repaint(codings) {
    for (const parts of this.painted.values()) this.layer.lift(parts);
    this.codings.clear();
    this.painted.clear();
    for (const coding of codings) this.put(coding, false);
    this.stripes.all();
  }

  put(coding, stripes = true) {
    this.take(coding.id, false);
    const shown = !this.shown || this.shown(coding);
    this.codings.set(coding.id, coding);
    this.painted.set(coding.id, shown ? this.layer.place(`=${coding.code}`, this.segments(coding.start, coding.end)) : []);
    if (stripes) this.stripes.some(coding);
  }

  take(id, stripes = true) {
    const parts = this.painted.get(id);
    const coding = this.codings.get(id);
    if (!parts) return;
    this.layer.lift(parts);
    this.painted.delete(id);
    this.codings.delete(id);
    if (stripes) this.stripes.some(coding);
    else this.stripes.drop(id);
  }

  rename(from, to, coding) {
    const parts = this.painted.get(from);
    if (!parts) return;
    if (this.codings.has(to)) this.take(to);
    this.painted.delete(from);
    this.codings.delete(from);
    this.painted.set(to, parts);
    this.codings.set(to, coding);
    this.stripes.rename(from, to);
    if (this.chosen === from) this.chosen = to;
  }

  paintAll(name, spans) {
    this.layer.clear(name);
    for (const span of spans) this.layer.place(name, this.segments(span.start, span.end));
  }

  // Where a point of the document lies in the text, in UTF-16 units; last: take the end of the turn before.
  unitOf(node, offset, last) {
    const owner = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".turn");
    if (owner) {
      const turn = this.turns[Number(owner.dataset.turn)];
      if (node === turn.text) return turn.unitStart + offset;
    }
    const probe = document.createRange();
    probe.setStart(node, offset);
    let low = 0;
    let high = this.turns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (probe.comparePoint(this.turns[middle].text, 0) < 0) low = middle + 1;
      else high = middle;
    }
    if (last) return low > 0 ? this.turns[low - 1].unitEnd : 0;
    return low < this.turns.length ? this.turns[low].unitStart : this.data.text.length;
  }

  // The browser's selection as code points, or null where it holds no speech.
  selected(exact) {
    const range = selectedRange(this.root);
    if (!range || range.collapsed || !range.intersectsNode(this.root)) return null;
    const start = this.unitOf(range.startContainer, range.startOffset, false);
    const end = this.unitOf(range.endContainer, range.endOffset, true);
    return this.snapped(start, end, exact);
  }

  snapped(start, end, exact) {
    if (start >= end || !this.turns.length) return null;
    const first = this.turns[this.turnAt(start)];
    let index = Math.min(this.turnAt(end), this.turns.length - 1);
    while (index > 0 && this.turns[index].unitStart >= end) index -= 1;
    const last = this.turns[index];
    if (!first || last.index < first.index) return null;
    const cut = exact ? exactly : wholeWords;
    const [from, to] = cut(this.data.text, Math.max(start, first.unitStart), Math.min(end, last.unitEnd), first.unitStart, last.unitEnd);
    return from < to ? { start: this.offsets.toPoints(from), end: this.offsets.toPoints(to) } : null;
  }

  takeSelection(exact) {
    const found = this.selected(exact);
    if (found) this.select(found.start, found.end);
  }

  select(start, end) {
    this.pending = { start, end };
    this.paintAll("pending", [this.pending]);
    // What is pending is painted as it is, with whole words; the browser's own selection under it is not.
    this.root.classList.toggle("held", this.painter.able);
    const turn = this.turns[this.turnAt(this.offsets.toUnits(start))];
    if (turn) this.touch(turn.index);
    this.on.pending();
  }

  deselect() {
    if (!this.pending) return false;
    this.pending = null;
    this.root.classList.remove("held");
    this.layer.clear("pending");
    this.layer.clear("found");
    getSelection()?.removeAllRanges();
    this.on.pending();
    return true;
  }

  clicked(event) {
    const bar = event.target.closest("[data-coding]");
    if (bar) {
      this.choose(bar.dataset.coding);
      return;
    }
    if (this.selected(false)) return;
    const at = document.caretPositionFromPoint
      ? document.caretPositionFromPoint(event.clientX, event.clientY, { shadowRoots: shadows(this.root) })
      : null;
    const node = at ? at.offsetNode : null;
    if (!node || node.nodeType !== Node.TEXT_NODE || !this.root.contains(node)) return;
    this.deselect();
    this.caret = this.offsets.toPoints(this.unitOf(node, at.offset, false));
    const here = this.codingsAt(this.caret);
    if (here.length) this.choose(here[0].id);
    else this.unchoose();
    if (!here.length) this.on.clicked(this.caret);
  }

  codingsAt(point) {
    return [...this.codings.values()]
      .filter((coding) => coding.start <= point && point < coding.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  codingsIn(index) {
    const turn = this.turns[index];
    if (!turn) return [];
    return [...this.codings.values()]
      .filter((coding) => coding.start < turn.end && turn.start < coding.end)
      .sort((a, b) => a.start - b.start || a.end - b.end);
  }

  choose(id) {
    const coding = this.codings.get(id);
    if (!coding) return;
    this.chosen = id;
    this.paintAll("chosen", [coding]);
    this.stripes.mark(id);
    this.on.pick(coding);
  }

  unchoose() {
    if (!this.chosen) return false;
    this.release();
    this.on.pick(null);
    return true;
  }

  release() {
    this.chosen = "";
    this.layer.clear("chosen");
    this.stripes.mark("");
  }

  // The turn that keys act on; only it can be reached by Tab.
  touch(index) {
    if (!this.turns[index]) return;
    const before = this.turns[this.focused];
    if (before) {
      before.element.tabIndex = -1;
      before.element.removeAttribute("aria-describedby");
      before.described?.remove();
    }
    this.focused = index;
    const turn = this.turns[index];
    const chosen = this.codings.get(this.chosen);
    // Keys act on what is seen: a coding of another turn is no longer in hand.
    if (chosen && (chosen.start >= turn.end || turn.start >= chosen.end)) this.release();
    turn.element.tabIndex = 0;
    const codes = [...new Set(this.codingsIn(index).map((coding) => this.words.label(coding.code)))];
    const said = codes.length ? this.words("turn.codes", { count: codes.length, codes: codes.join(", ") }) : this.words("turn.uncoded");
    const out = turn.element.classList.contains("dimmed") ? ` ${this.words("turn.dimmed")}` : "";
    const more = this.more?.(turn) || "";
    turn.described = make("span", { class: "unseen", id: `${this.painter.prefix}-described` }, said, out, more);
    turn.element.append(turn.described);
    turn.element.setAttribute("aria-describedby", turn.described.id);
    this.on.caret();
  }

  focus(index) {
    const turn = this.turns[Math.max(0, Math.min(index, this.turns.length - 1))];
    if (turn) turn.element.focus({ preventScroll: false });
  }

  reveal(start, smooth) {
    const [segment] = this.segments(start, start + 1);
    const turn = segment ? segment.turn : this.turns[this.turnAt(this.offsets.toUnits(start))];
    if (!turn) return;
    this.on.reveal();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches || !smooth;
    turn.element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    this.touch(turn.index);
  }

  close() {
    this.layer.close();
    this.stripes.close();
  }
}
