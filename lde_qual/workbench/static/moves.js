// What the keys of the transcript do: moving, selecting by keyboard, and acting on the coding in hand.

import { wordStep } from "./offsets.js";
import { showSheet } from "./picker.js";
import { SHEET, actionOf, digitOf } from "./keys.js";

export class Moves {
  constructor(page) {
    this.page = page;
  }

  // Where a selection by keyboard begins: the pending one, the caret, or the beginning of the turn.
  place() {
    const { view } = this.page;
    const turn = view.turns[view.focused];
    if (view.pending) return view.pending;
    const at = view.caret !== null && view.caret >= turn.start && view.caret < turn.end ? view.caret : turn.start;
    return { start: at, end: at };
  }

  turn(event) { this.step(event.key === "ArrowDown" ? 1 : -1); }

  far(event) { this.step(event.key === "PageDown" ? 10 : -10); }

  step(by) {
    const { view } = this.page;
    view.caret = null;
    view.focus(view.focused + by);
  }

  left(event) { this.leave(event.key === "j" ? 1 : -1); }

  // The next or previous turn that the filters leave.
  leave(by) {
    const { view } = this.page;
    let at = view.focused + by;
    while (view.turns[at]?.element.classList.contains("dimmed")) at += by;
    if (view.turns[at]) this.step(at - view.focused);
    else this.page.say(this.page.words("say.end"));
  }

  sentences() {
    const { view, data } = this.page;
    const turn = view.turns[view.focused];
    const inside = (data.sentences || []).filter(([start, end]) => start >= turn.start && end <= turn.end);
    return inside.length ? inside : [[turn.start, turn.end]];
  }

  sentence(event) {
    const { view } = this.page;
    const all = this.sentences();
    const now = all.findIndex(([start, end]) => view.pending && view.pending.start >= start && view.pending.start < end);
    const next = event.key === "ArrowRight" ? now + 1 : Math.max(0, now - 1);
    const [start, end] = all[Math.min(next, all.length - 1)];
    view.select(start, end);
  }

  word(event) {
    const { view } = this.page;
    const { start, end } = this.place();
    const turn = view.turns[view.focused];
    const low = view.offsets.toUnits(turn.start);
    const last = view.turns[Math.max(view.focused, Math.min(view.turnAt(view.offsets.toUnits(end)), view.turns.length - 1))];
    const direction = event.key === "ArrowRight" ? 1 : -1;
    const moved = view.offsets.toPoints(wordStep(view.data.text, view.offsets.toUnits(end), direction, low, view.offsets.toUnits(last.end)));
    const found = view.snapped(view.offsets.toUnits(start), view.offsets.toUnits(Math.max(moved, start)), false);
    if (found) view.select(found.start, found.end);
  }

  line(event) {
    const { view, data } = this.page;
    const { start, end } = this.place();
    const down = event.key === "ArrowDown";
    const bounds = (data.sentences || []).map(([, last]) => last).filter((last) => (down ? last > end : last < end && last > start));
    if (bounds.length) view.select(start, down ? bounds[0] : bounds[bounds.length - 1]);
  }

  // The turn; again: the question before it with it.
  whole() {
    const { view } = this.page;
    const turn = view.turns[view.focused];
    const same = view.pending && view.pending.start === turn.start && view.pending.end === turn.end;
    const before = view.turns[view.focused - 1];
    if (same && before) {
      view.select(before.start, turn.end);
      view.touch(turn.index);
    } else view.select(turn.start, turn.end);
  }

  digit(event) {
    const digit = digitOf(event);
    const code = this.page.study.digits()[Number(digit) - 1];
    if (code) this.page.act.code(code);
    else this.page.say(this.page.words("say.nodigit", { digit }));
  }

  choose() { this.page.act.choose(); }

  vivo() { this.page.act.vivo(); }

  sort() { this.page.act.sort(); }

  note() { this.page.act.note(); }

  correct() { this.page.act.correct(); }

  // A key while nothing has the focus is for the turn that had it last.
  stray(event) {
    const { view } = this.page;
    if (!actionOf(event)) return;
    const turn = view.root.hidden ? null : view.turns[view.focused];
    turn?.element.focus({ preventScroll: true });
    this.page.key(event, turn?.element);
  }

  with(action) {
    const coding = this.page.act.current();
    if (coding) action(coding);
  }

  direction() { this.with((coding) => this.page.act.direction(coding)); }

  values() { this.with((coding) => this.page.passages.values(coding)); }

  recode() { this.with((coding) => this.page.act.recode(coding)); }

  extend() { this.with((coding) => this.page.act.extending.extend(coding)); }

  uncode() { this.with((coding) => this.page.act.uncode(coding)); }

  basket() { this.with((coding) => this.page.act.basket(coding)); }

  memo() {
    this.with((coding) => {
      this.page.view.choose(coding.id);
      this.page.borders.show("right");
      this.page.panels.open("coding");
      this.page.panels.body.querySelector(".coding-memo")?.focus();
    });
  }

  mark(event) {
    const mark = this.page.study.marks[event.key === "y" ? 0 : 1];
    this.with((coding) => this.page.act.mark(coding, coding.mark === mark ? "" : mark));
  }

  next() {
    const { view } = this.page;
    const here = view.codingsIn(view.focused);
    if (!here.length) return this.page.say(this.page.words("say.nothing"));
    const at = here.findIndex((coding) => coding.id === view.chosen);
    const coding = here[(at + 1) % here.length];
    view.choose(coding.id);
    return this.page.say(this.page.study.path(coding.code));
  }

  edge(event, name, backward) {
    this.with((coding) => {
      const { view } = this.page;
      const turns = view.segments(coding.start, coding.end).map((segment) => segment.turn);
      const low = view.offsets.toUnits(turns[0].start);
      const high = view.offsets.toUnits(turns[turns.length - 1].end);
      const at = view.offsets.toUnits(coding[name]);
      const moved = view.offsets.toPoints(wordStep(view.data.text, at, event.key === backward ? -1 : 1, low, high));
      const bounds = { start: coding.start, end: coding.end, [name]: moved };
      // The beginning rests on a word's first character, not on the space after the word before.
      const found = view.snapped(view.offsets.toUnits(bounds.start), view.offsets.toUnits(bounds.end), true);
      if (found) this.page.act.bounds(coding, found.start, found.end);
    });
  }

  startEdge(event) { this.edge(event, "start", ","); }

  endEdge(event) { this.edge(event, "end", "<"); }

  undo() { this.page.send({ op: "undo", body: {} }); }

  redo() { this.page.send({ op: "redo", body: {} }); }

  search() {
    this.page.borders.show("right");
    const { panels } = this.page;
    const typed = panels.search.holds();
    if (panels.tab !== "search") panels.open("search");
    panels.search.enter(typed);
  }

  read() { this.page.reading.again(); }

  query() { this.page.ask(); }

  suggestions() { this.page.suggestions.enter(); }

  tree() {
    this.page.borders.show("left");
    this.page.tree.search.focus();
  }

  panels(event) { this.page.borders.fold(event.key === "[" ? "left" : "right"); }

  sheet() {
    const { root, words } = this.page;
    const rows = (all) => all.map(([keys, , , said]) => [keys, words(said)]);
    showSheet(root, words, words("key.title"), SHEET.map(([part, all]) => [words(`key.part.${part}`), rows(all)]));
  }

  escape() {
    const { view, reading } = this.page;
    // What is selected behind what is read stays so.
    if (reading.shown) return reading.back(true);
    if (!view.deselect() && !view.unchoose()) view.focus(view.focused);
    return undefined;
  }
}
