// Coding stripes in the margin: stable lanes, computed in idle time, all rectangles read before any is written.

import { make, idle, later } from "./dom.js";

const LANES = 10;
// Where two coders are compared each has a side of its own, with fewer lanes.
const SIDE = 4;
const CHUNK = 20;

export class Stripes {
  constructor(view, painter) {
    this.view = view;
    this.painter = painter;
    this.lanes = new Map();
    this.wave = 0;
    this.again = later(() => this.all(), 120);
    this.watch = new ResizeObserver(() => {
      const width = view.root.clientWidth;
      if (width !== this.width) { this.width = width; this.again(); painter.moved(); }
    });
    this.watch.observe(view.root);
  }

  visible() {
    return [...this.view.codings.values()].filter((coding) => !this.view.shown || this.view.shown(coding));
  }

  room() {
    return this.view.compared ? SIDE : LANES;
  }

  // The lowest lane that no coding of the same side has in the touched turns; a coding keeps the lane it has.
  lane(coding, byTurn) {
    const turns = this.view.segments(coding.start, coding.end).map((segment) => segment.turn.index);
    const taken = new Set(turns.flatMap((index) => [...(byTurn.get(index) || [])]));
    let lane = this.lanes.get(coding.id);
    if (lane === undefined || lane >= this.room() || taken.has(lane)) {
      lane = 0;
      while (taken.has(lane)) lane += 1;
    }
    this.lanes.set(coding.id, lane);
    for (const index of turns) {
      if (!byTurn.has(index)) byTurn.set(index, new Set());
      byTurn.get(index).add(lane);
    }
  }

  all() {
    for (const id of [...this.lanes.keys()]) if (!this.view.codings.has(id)) this.lanes.delete(id);
    this.wave += 1;
    const wave = this.wave;
    const sides = { true: new Map(), false: new Map() };
    this.perTurn = new Map();
    // Those that have a lane keep it, also where one that begins before them came later.
    const fresh = (coding) => Number(!this.lanes.has(coding.id));
    for (const coding of this.visible().sort((a, b) => fresh(a) - fresh(b) || a.start - b.start || b.end - a.end)) {
      this.lane(coding, sides[Boolean(coding.other)]);
      for (const segment of this.view.segments(coding.start, coding.end)) {
        if (!this.perTurn.has(segment.turn.index)) this.perTurn.set(segment.turn.index, []);
        this.perTurn.get(segment.turn.index).push({ coding, ...segment });
      }
    }
    let next = 0;
    const step = () => {
      if (wave !== this.wave) return;
      this.draw(this.view.turns.slice(next, next + CHUNK));
      next += CHUNK;
      if (next < this.view.turns.length) idle(step);
    };
    idle(step);
  }

  // The turns of one coding that came or went.
  some(coding) {
    if (!coding || !this.perTurn) return;
    const turns = this.view.segments(coding.start, coding.end).map((segment) => segment.turn);
    const there = this.view.codings.get(coding.id);
    for (const turn of turns) {
      const parts = (this.perTurn.get(turn.index) || []).filter((part) => part.coding.id !== coding.id);
      this.perTurn.set(turn.index, parts);
    }
    if (there && (!this.view.shown || this.view.shown(there))) {
      const beside = turns.flatMap((turn) => this.perTurn.get(turn.index)).filter((part) => Boolean(part.coding.other) === Boolean(there.other));
      const taken = new Set(beside.map((part) => this.lanes.get(part.coding.id)));
      let lane = this.lanes.get(coding.id) ?? 0;
      while (taken.has(lane)) lane += 1;
      this.lanes.set(coding.id, lane);
      for (const segment of this.view.segments(coding.start, coding.end)) {
        this.perTurn.get(segment.turn.index).push({ coding: there, ...segment });
      }
    } else {
      this.lanes.delete(coding.id);
    }
    this.draw(turns);
  }

  drop(id) {
    if (!this.perTurn) return;
    for (const [index, parts] of this.perTurn) {
      if (parts.some((part) => part.coding.id === id)) {
        this.perTurn.set(index, parts.filter((part) => part.coding.id !== id));
        this.draw([this.view.turns[index]]);
      }
    }
  }

  rename(from, to) {
    if (this.lanes.has(from)) {
      this.lanes.set(to, this.lanes.get(from));
      this.lanes.delete(from);
    }
    if (!this.perTurn) return;
    const coding = this.view.codings.get(to);
    for (const parts of this.perTurn.values()) for (const part of parts) if (part.coding.id === from) part.coding = coding;
    for (const bar of this.view.root.querySelectorAll(`[data-coding="${CSS.escape(from)}"]`)) bar.dataset.coding = to;
  }

  draw(turns) {
    const plan = turns.filter(Boolean).map((turn) => {
      const parts = (this.perTurn && this.perTurn.get(turn.index)) || [];
      if (!parts.length) return { turn, bars: [] };
      const top = turn.element.getBoundingClientRect().top;
      const bars = parts.map((part) => {
        const range = document.createRange();
        range.setStart(turn.text, part.low);
        range.setEnd(turn.text, part.high);
        const box = range.getBoundingClientRect();
        return { ...part, top: box.top - top, height: Math.max(10, box.height), lane: this.lanes.get(part.coding.id) ?? 0 };
      });
      return { turn, bars };
    });
    for (const { turn, bars } of plan) {
      const room = this.room();
      const made = bars.filter((bar) => bar.lane < room).map((bar) => this.bar(bar));
      for (const other of [false, true]) {
        const hidden = bars.filter((bar) => bar.lane >= room && Boolean(bar.coding.other) === other).length;
        if (hidden) made.push(make("span", { class: this.view.compared && !other ? "more own" : "more" }, `+${hidden}`));
      }
      turn.stripes.replaceChildren(...made);
    }
  }

  bar({ coding, top, height, lane }) {
    const label = this.view.words.label(coding.code);
    const who = coding.other ? ` · ${coding.coder}` : "";
    const bar = make("span", { class: coding.other ? "stripe other" : "stripe", "data-coding": coding.id, title: label + who });
    if (coding.id === this.view.chosen) bar.classList.add("chosen");
    bar.style.top = `${top}px`;
    bar.style.height = `${height}px`;
    bar.style.setProperty("--lane", lane);
    return this.painter.dress(bar, coding.code);
  }

  mark(id) {
    for (const bar of this.view.root.querySelectorAll(".stripe.chosen")) bar.classList.remove("chosen");
    if (id) for (const bar of this.view.root.querySelectorAll(`[data-coding="${CSS.escape(id)}"]`)) bar.classList.add("chosen");
  }

  close() {
    this.wave += 1;
    this.watch.disconnect();
  }
}
