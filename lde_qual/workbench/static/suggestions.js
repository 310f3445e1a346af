// Suggestions: read, kept in order, and decided on one at a time. Nothing here becomes a coding unless its card is in
// hand and a person says so; a click in the text or in the list only takes a card in hand.

import { later, make, active } from "./dom.js";
import { Decisions } from "./decisions.js";
import { cardActionOf, typing } from "./keys.js";
import { wordStep } from "./offsets.js";
import { refusal } from "./refusal.js";
import { SuggestionCards } from "./suggestion_cards.js";

const AGAIN = [150, 1500];
const ORDER = "lde-qual-order";

export class Suggestions {
  constructor(page) {
    this.page = page;
    this.words = page.words;
    this.found = null;
    this.cards = [];
    this.decided = new Set();
    this.hand = "";
    this.rank = 0;
    this.bounds = null;
    this.keep = null;
    this.serial = 0;
    this.wait = AGAIN[0];
    this.only = { code: "", least: 0 };
    this.order = (page.options.host === "page" && sessionStorage.getItem(ORDER)) || "transcript";
    this.soon = later(() => this.load(), 600);
    this.tools = make("div", {});
    this.decide = new Decisions(this);
    this.look = new SuggestionCards(this);
    this.list = make("ul", { class: "plain suggestions", "aria-label": this.words("suggest.list") });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.status = make("p", { class: "hint", role: "status", tabindex: "-1", onkeydown: (event) => this.key(event) });
    this.root = make("div", { class: "suggesting" }, this.status, this.tools, this.list);
  }

  // What was read of another transcript, or of another text, says nothing of this one.
  open() {
    this.found = null;
    this.cards = [];
    this.decided.clear();
    this.hand = "";
    this.keep = null;
    this.bounds = null;
    this.draw();
    this.load();
  }

  async load() {
    const { page } = this;
    const name = page.data?.name;
    clearTimeout(this.timer);
    if (!name || this.closed) return;
    this.serial += 1;
    const { serial } = this;
    const settled = !page.queue.waiting.length;
    let found;
    try {
      found = await page.transport.read("suggestions", { transcript: name, order: this.order, ...this.wanted() });
    } catch (error) {
      if (!("status" in error)) throw error;
      if (error.status === 0 || error.status >= 500) this.timer = setTimeout(() => this.load(), AGAIN[1]);
      else this.take({ visible: true, why: "", orders: [], cards: [], fit: "", failed: refusal(error, page.study, page.words) });
      return;
    }
    if (serial !== this.serial || page.data?.name !== name || this.closed) return;
    if (settled) this.decided.clear();
    this.take(found);
    this.wait = found.working ? Math.min(this.wait * 1.5, AGAIN[1]) : AGAIN[0];
    if (found.working) this.timer = setTimeout(() => this.load(), this.wait);
  }

  // The card that is to come, whatever is suggested by then: the one in hand, or one that was decided on in part.
  wanted() {
    const { key, fit } = this.keep || this.card() || {};
    return key && fit ? { keep: key, by: fit } : {};
  }

  // Still before its reader's eyes, and suggested no longer.
  dropped(held, found, key) {
    if (!held || held.blind || this.keep || !found.kept || key(found.kept) !== held.key) return;
    if (this.cards.some((card) => card.key === held.key) || this.decided.has(held.key)) return;
    this.keep = { key: held.key, fit: held.fit, at: Math.max(0, this.place), revealed: false };
  }

  // A card in hand stays what its reader sees: a later fit changes it only once another was in hand.
  take(found) {
    const held = this.card();
    this.place = this.shown().indexOf(held);
    const key = (card) => `${card.start}-${card.end}`;
    const before = new Map(this.cards.map((card) => [card.key, card]));
    const fresh = (card) => {
      const whole = { ...card, key: key(card), fit: found.fit };
      // What is shown after a blind decision is what was said before it, and not learned from it.
      if (card.blind && before.get(whole.key)?.blind) whole.fit = before.get(whole.key).fit;
      const same = held && held.key === whole.key && !held.blind && !whole.blind && !whole.kept;
      return same ? { ...whole, proposals: held.proposals, fit: held.fit } : whole;
    };
    this.found = found;
    this.cards = found.cards.map(fresh);
    this.dropped(held, found, key);
    if (this.keep && found.kept && key(found.kept) === this.keep.key) this.putKept(found);
    this.draw();
  }

  putKept(found) {
    const { keep } = this;
    const at = this.cards.findIndex((card) => card.key === keep.key);
    const left = keep.revealed ? found.kept.proposals : found.kept.proposals.filter((each) => !found.kept.codes.includes(each.code));
    const card = { ...found.kept, key: keep.key, fit: keep.fit, proposals: left, kept: true, revealed: keep.revealed };
    if (at >= 0) this.cards[at] = { ...this.cards[at], revealed: keep.revealed, kept: keep.revealed };
    else if (left.length || keep.revealed) this.cards.splice(Math.max(0, keep.at), 0, card);
    else this.keep = null;
  }

  shown() {
    const { code, least } = this.only;
    const codes = code ? new Set(this.page.study.subtree(code)) : null;
    return this.cards.filter((card) => {
      if (this.decided.has(card.key)) return false;
      if (card.blind || card.kept) return true;
      const [first] = card.proposals;
      return first && first.confidence >= least && (!codes || card.proposals.some((each) => codes.has(each.code)));
    });
  }

  card() {
    return this.shown().find((card) => card.key === this.hand) || null;
  }

  proposal(card = this.card()) {
    return card?.proposals[Math.min(this.rank, card.proposals.length - 1)];
  }

  hold(key, { focus = true } = {}) {
    if (key !== this.hand) {
      if (this.keep && this.keep.key !== key) { this.keep = null; this.soon(); }
      this.rank = 0;
      this.bounds = null;
    }
    this.hand = key;
    this.draw();
    const card = this.card();
    if (!card) return;
    this.page.view.reveal(card.start, false);
    if (focus) this.focus();
  }

  focus() {
    const card = this.list.querySelector(".card.chosen");
    (card || this.list.querySelector(".card") || this.status).focus();
  }

  // From the text: the first that comes there, or the first of all.
  enter() {
    const { page } = this;
    page.back();
    page.borders.show("right");
    page.panels.open("suggestions");
    const cards = this.shown();
    const from = page.view.turns[page.view.focused]?.start ?? 0;
    const here = this.order === "transcript" ? cards.find((card) => card.end > from) : null;
    const card = this.card() || here || cards[0];
    if (card) this.hold(card.key);
    else this.status.focus();
  }

  // The next transcript, with its first suggestion in hand once there is one.
  async turnTo(name) {
    await this.page.openTranscript(name);
    this.page.panels.open("suggestions");
    this.status.focus();
  }

  // A click in the text on what is underlined shows its card.
  at(point) {
    const card = this.shown().find((each) => each.start <= point && point < each.end);
    if (!card) return;
    this.page.panels.open("suggestions");
    this.hold(card.key, { focus: false });
  }

  key(event) {
    if (typing(event.target)) return;
    const action = cardActionOf(event);
    // Without a card in hand the list can be gone through and accepted, and nothing be decided about one card; nor does
    // a key of the cards mean there what it means in the text.
    const can = this.card() || (["step", "all"].includes(action) && this.shown().length);
    if (!action || !(can || this.list.contains(event.target))) return;
    event.preventDefault();
    event.stopPropagation();
    if (!can) return;
    if (event.repeat && action !== "step") return;
    if (action in this.decide) this.decide[action]();
    else this[action](event);
  }

  step(event) {
    this.go(["j", "ArrowDown"].includes(event.key) ? 1 : -1);
  }

  go(by) {
    const cards = this.shown();
    const at = cards.findIndex((card) => card.key === this.hand);
    const card = at < 0 ? cards[0] : cards[Math.max(0, Math.min(cards.length - 1, at + by))];
    if (card) this.hold(card.key);
  }

  // Another of the codes that are proposed for the passage.
  next() {
    const card = this.card();
    if (card.proposals.length > 1) this.choose((this.rank + 1) % card.proposals.length);
    else this.page.say(this.words("suggest.only"));
  }

  choose(rank) {
    this.rank = rank;
    this.draw();
    this.focus();
    this.page.say(this.page.study.path(this.proposal().code));
  }

  startEdge(event) { this.edge("start", event.key === "," ? -1 : 1); }

  endEdge(event) { this.edge("end", event.key === "<" ? -1 : 1); }

  edge(name, direction) {
    const { view } = this.page;
    const card = this.card();
    if (card.blind) return;
    const bounds = this.bounds || { start: card.start, end: card.end };
    const turns = view.segments(bounds.start, bounds.end).map((segment) => segment.turn);
    const units = (point) => view.offsets.toUnits(point);
    const moved = wordStep(view.data.text, units(bounds[name]), direction, units(turns[0].start), units(turns[turns.length - 1].end));
    const wanted = { ...bounds, [name]: view.offsets.toPoints(moved) };
    const found = view.snapped(units(wanted.start), units(wanted.end), true);
    if (found) this.bound(found);
  }

  bound(bounds) {
    this.bounds = bounds;
    this.draw();
    this.page.say(this.page.view.offsets.slice(bounds.start, bounds.end));
  }

  // Decided on: the card leaves the list before the study says so, and the next one is in hand.
  away(card) {
    const cards = this.shown();
    const at = cards.findIndex((each) => each.key === card.key);
    const next = cards[at + 1] || cards[at - 1];
    this.decided.add(card.key);
    this.keep = null;
    if (next) this.hold(next.key);
    else this.awayAll([]);
  }

  awayAll(cards) {
    for (const card of cards) this.decided.add(card.key);
    this.hand = "";
    this.draw();
    this.status.focus();
  }

  // Only what the list shows and nobody put off.
  bulk() {
    return this.shown().filter((card) => !card.blind && !card.kept && !card.later && card.proposals.length);
  }

  reorder(order) {
    this.order = order;
    if (this.page.options.host === "page") sessionStorage.setItem(ORDER, order);
    this.load();
  }

  // How many stand in a turn: an underline is nothing to who hears the page.
  told(turn) {
    const count = this.shown().filter((card) => card.start < turn.end && turn.start < card.end).length;
    return count ? ` ${this.words("turn.suggestions", { count })}` : "";
  }

  paint() {
    const { view } = this.page;
    if (!view.data) return;
    const cards = this.shown();
    const card = this.card();
    const painted = cards.map((each) => `${each.key}${each.blind ? "?" : ""}`).join();
    if (painted !== this.painted) {
      view.paintAll("suggested", cards.filter((each) => !each.blind));
      view.paintAll("blind", cards.filter((each) => each.blind));
      this.painted = painted;
    }
    view.paintAll("weighed", card ? [this.bounds || card] : []);
  }

  draw() {
    const held = this.list.contains(active(this.list));
    this.paint();
    this.look.draw();
    if (held && !this.list.contains(active(this.list))) this.focus();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
