// What a person decides about the suggestion in hand; each decision is one operation, with the fit that it was shown by.

import { newId } from "./dom.js";
import { askFields, askReason, pickCode } from "./picker.js";

const REASONS = ["wrong code", "wrong boundary", "not relevant"];

export class Decisions {
  constructor(list) {
    this.list = list;
    this.page = list.page;
    this.words = list.words;
  }

  body(card, rest) {
    const { data } = this.page;
    return { transcript: data.name, sha: data.sha, fit: card.fit, order: this.list.order, ...rest };
  }

  named(card, proposal) {
    return { start: card.start, end: card.end, code: proposal.code };
  }

  accept() {
    const { list } = this;
    const card = list.card();
    const proposal = list.proposal(card);
    if (card.blind && card.codes.length) this.reveal(card, false);
    else if (card.blind) this.page.say(this.words("suggest.blind.how"));
    else if (proposal) this.takeOver(card, proposal, proposal.code);
  }

  takeOver(card, proposal, code) {
    const { page, words } = this;
    const { start, end } = this.list.bounds || card;
    const id = newId();
    const label = page.study.label(code);
    const there = [...page.view.codings.values()].find((each) => !each.other && each.code === code && each.start === start && each.end === end);
    if (there) { page.say(words("say.already", { code: label })); return; }
    page.filters.keep(`@${id}`);
    page.view.put({ id: `@${id}`, coder: page.study.coder, code, start, end, dimensions: {}, memo: "", memos: [], mark: "", origin: "accepted" });
    page.send({ id, op: "accept", body: this.body(card, { ...page.act.span(start, end), code, suggestion: this.named(card, proposal) }) });
    page.study.used(code);
    page.say(words("say.accepted", { code: label }));
    this.leave(card, proposal, code);
  }

  // What else is proposed for the passage stays in hand; else the next card comes.
  leave(decided, proposal, code = "") {
    const { list } = this;
    // Read anew while a dialog was open, it is another object.
    const card = list.card()?.key === decided.key ? list.card() : decided;
    const left = card.proposals.filter((each) => each.code !== proposal.code);
    if (!left.length) { list.away(card); return; }
    if (code) {
      list.keep = { key: card.key, fit: card.fit, at: list.shown().indexOf(card), revealed: Boolean(card.revealed) };
      card.codes = [...card.codes, code];
    }
    if (!card.revealed) card.proposals = left;
    list.rank = 0;
    list.bounds = null;
    list.draw();
    list.focus();
  }

  async reject() {
    const { list, page, words } = this;
    const card = list.card();
    const proposal = list.proposal(card);
    if (card.blind || !proposal) return;
    const choices = REASONS.map((value) => [value, words(`reason.${value.replace(" ", ".")}`)]);
    const reason = await askReason(page.root, words, words("suggest.why", { code: page.study.label(proposal.code) }), choices);
    if (!reason) { list.focus(); return; }
    page.send({ op: "reject", body: this.body(card, { suggestion: this.named(card, proposal), reason }) });
    page.say(words("say.rejected", { code: page.study.label(proposal.code) }));
    this.leave(card, proposal);
  }

  later() {
    const card = this.list.card();
    const proposal = this.list.proposal(card);
    if (card.blind || !proposal) return;
    this.page.send({ op: "later", body: this.body(card, { suggestion: this.named(card, proposal) }) });
    this.page.say(this.words("say.later"));
    this.list.away(card);
  }

  async other() {
    const { list, page, words } = this;
    const card = list.card();
    const proposal = list.proposal(card);
    if (card.blind) { await this.code(); return; }
    if (!proposal) return;
    const { start, end } = list.bounds || card;
    const answer = await pickCode(page.root, page.study, words, { title: words("suggest.otherwise"), quote: page.view.offsets.slice(start, end) });
    if (answer) this.takeOver(card, proposal, answer.code || page.act.fresh(answer.label, answer.parent));
    else list.focus();
  }

  async code() {
    const { list, page } = this;
    const card = list.card();
    if (!card.blind) { await this.other(); return; }
    page.view.select(card.start, card.end);
    await page.act.choose();
    page.view.deselect();
    page.panels.open("suggestions");
    list.hold(card.key);
  }

  none() {
    const card = this.list.card();
    if (card.blind && !card.codes.length) this.reveal(card, true);
  }

  reveal(card, none) {
    this.list.keep = { key: card.key, fit: card.fit, at: this.list.shown().indexOf(card), revealed: true };
    this.page.send({ op: "reveal", body: this.body(card, { start: card.start, end: card.end, no_code: none }) });
  }

  // One step that one undo takes back, after the number was confirmed.
  async all() {
    const { list, page, words } = this;
    const cards = list.bulk();
    const count = cards.length;
    if (!count) return;
    const said = words("suggest.all.sure", { count });
    const sure = await askFields(page.root, words, words("suggest.all", { count }), [], { said, confirm: "suggest.all.yes" });
    if (!sure) { list.focus(); return; }
    const suggestions = cards.map((card) => ({ ...this.named(card, card.proposals[0]), fit: card.fit }));
    page.send({ op: "accept_all", body: this.body(cards[0], { suggestions }) });
    page.say(words("say.accepted.all", { count }));
    list.awayAll(cards);
  }
}
