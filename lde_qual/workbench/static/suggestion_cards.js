// How suggestions look: a list of cards, the one in hand opened with what speaks for it.

import { button, make } from "./dom.js";
import { Offsets } from "./offsets.js";

const LEAST = [0, 0.5, 0.7, 0.9];
const LONGEST = 110;

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : text);

export class SuggestionCards {
  constructor(suggestions) {
    this.all = suggestions;
    this.page = suggestions.page;
    this.words = suggestions.words;
    this.drawn = "";
  }

  draw() {
    const { all, page } = this;
    const cards = all.shown();
    const tab = page.panels?.tabs.get("suggestions");
    if (tab) tab.textContent = [this.words("tab.suggestions"), cards.length || ""].join(" ").trim();
    all.status.textContent = this.said(cards);
    const state = JSON.stringify([cards, all.hand, all.rank, all.bounds, all.order, all.only, page.study.codes.length, Boolean(page.view?.pending), all.found?.next]);
    if (state === this.drawn) return;
    this.drawn = state;
    this.tools(cards);
    const none = !all.card();
    all.list.replaceChildren(...cards.map((card, index) => make("li", {}, card.key === all.hand ? this.opened(card) : this.closed(card, none && index === 0))));
  }

  said(cards) {
    const { found } = this.all;
    if (!found) return this.words("suggest.working");
    if (!found.visible) return this.words(`suggest.hidden.${found.why.replace(" ", ".")}`);
    if (found.failed) return this.words("suggest.failed", { what: found.failed });
    if (!found.fit) return this.words("suggest.working");
    const again = found.working ? ` ${this.words("suggest.again")}` : "";
    return (cards.length ? this.words("suggest.count", { count: cards.length }) : this.words("suggest.none")) + again;
  }

  // Kept while it is used: a list of options that is open is not made anew under somebody's fingers.
  tools(cards) {
    const { all, page } = this;
    if (all.tools.contains(document.activeElement) && document.activeElement.matches("select")) return;
    if (!all.found?.visible || !all.cards.length) {
      const on = all.found?.next;
      all.tools.replaceChildren(on ? button(this.words("suggest.next", { name: on }), () => all.turnTo(on), { class: "main" }) : "");
      return;
    }
    const choice = (label, value, options, change) => make("label", {}, make("span", {}, label), make(
      "select", { onchange: (event) => { const { value: chosen } = event.target; event.target.blur(); change(chosen); } },
      ...options.map(([each, text]) => make("option", { value: each, selected: String(each) === String(value) }, text)),
    ));
    const codes = new Set(all.cards.flatMap((card) => card.proposals.map((each) => each.code)));
    const listed = page.study.codes.filter((code) => page.study.subtree(code.id).some((each) => codes.has(each)));
    const bulk = all.bulk().length;
    all.tools.replaceChildren(make(
      "div", { class: "filters" },
      choice(this.words("suggest.order"), all.order, all.found.orders.map((each) => [each, this.words(`suggest.order.${each}`)]), (order) => all.reorder(order)),
      choice(this.words("suggest.code"), all.only.code, [["", this.words("filter.all")], ...listed.map((code) => [code.id, page.study.path(code.id)])], (code) => this.filter({ code })),
      choice(this.words("suggest.least"), all.only.least, LEAST.map((least) => [least, least ? `≥ ${this.percent(least)}` : this.words("filter.all")]), (least) => this.filter({ least: Number(least) })),
    ), bulk && cards.length ? this.doing("suggest.all", () => all.decide.all(), { values: { count: bulk }, key: "A" }) : "");
  }

  filter(change) {
    this.all.only = { ...this.all.only, ...change };
    this.all.draw();
  }

  percent(value) {
    return new Intl.NumberFormat(this.page.study.lang, { style: "percent" }).format(value);
  }

  // The second click of a double click is no decision: the card had only just come under it.
  doing(words, act, { values = {}, key = "", main = false } = {}) {
    return button(this.words(words, values), (event) => { if (event.detail < 2) act(event); }, { class: main ? "main" : "", "aria-keyshortcuts": key || null });
  }

  title(card) {
    if (card.blind) return this.words(card.codes.length ? "suggest.blind.coded" : "suggest.blind");
    const proposal = card.key === this.all.hand ? this.all.proposal(card) : card.proposals[0];
    return proposal ? this.page.study.path(proposal.code) : this.words("suggest.nothing");
  }

  // The code itself first to the eye, what is above it small.
  heading(card, proposal) {
    const whole = this.title(card);
    const label = proposal && !card.blind ? this.page.study.label(proposal.code) : whole;
    const above = whole.slice(0, whole.length - label.length);
    const sure = proposal && !card.blind ? make("span", { class: "sure" }, this.words("suggest.sure", { share: this.percent(proposal.confidence) })) : null;
    return make("div", {}, above ? make("small", { class: "above" }, above) : null, make("b", {}, label), " ", sure);
  }

  closed(card, alone) {
    const [first] = card.proposals;
    const more = card.proposals.length > 1 ? ` +${card.proposals.length - 1}` : "";
    return make(
      "button", { type: "button", class: "card suggestion", tabindex: alone ? "0" : "-1", onclick: () => this.all.hold(card.key) },
      make("b", {}, (first && !card.blind ? this.page.study.label(first.code) : this.title(card)) + more), " ", first ? make("span", { class: "sure" }, this.percent(first.confidence)) : null,
      card.later ? make("small", { class: "putoff" }, ` ${this.words("suggest.putoff")}`) : null,
      make("span", { class: "snippet", lang: "nl" }, short(card.quote)),
    );
  }

  opened(card) {
    const proposal = this.all.proposal(card);
    const told = [...this.revealed(card), this.quote(card, proposal)];
    const parts = card.blind ? [...told, ...this.blind(card)] : [...told, ...(proposal ? this.proposed(card, proposal) : [])];
    const sure = proposal ? `, ${this.words("suggest.sure", { share: this.percent(proposal.confidence) })}` : "";
    return make(
      "div", { class: "card suggestion chosen", role: "group", tabindex: "0", "aria-label": this.title(card) + sure },
      this.heading(card, proposal), ...parts,
    );
  }

  quote(card, proposal) {
    const { view } = this.page;
    const { bounds } = this.all;
    if (bounds) return make("blockquote", { lang: "nl" }, view.offsets.slice(bounds.start, bounds.end));
    const text = new Offsets(card.quote);
    const pieces = [];
    let at = 0;
    for (const [start, end] of [...(proposal?.words || [])].sort((a, b) => a[0] - b[0])) {
      if (start < at) continue;
      pieces.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    return make("blockquote", { lang: "nl" }, ...pieces, text.slice(at, text.points));
  }

  blind(card) {
    const { all } = this;
    const labels = card.codes.map((code) => this.page.study.label(code)).join(", ");
    const coded = card.codes.length > 0;
    return [
      make("p", { class: "hint" }, coded ? this.words("suggest.blind.yours", { codes: labels }) : this.words("suggest.blind.how")),
      make("div", { class: "buttons" },
        coded ? this.doing("suggest.reveal", () => all.decide.accept(), { key: "a", main: true }) : this.doing("action.choose", () => all.decide.code(), { key: "c", main: true }),
        coded ? null : this.doing("suggest.blind.none", () => all.decide.none(), { key: "g" })),
    ];
  }

  revealed(card) {
    if (!card.revealed) return [];
    const yours = card.codes.length ? this.words("suggest.blind.yours", { codes: card.codes.map((code) => this.page.study.label(code)).join(", ") }) : this.words("suggest.blind.noneyours");
    return [make("p", { class: "hint" }, `${yours} ${card.proposals.length ? this.words("suggest.blind.then") : card.none || this.words("suggest.nothing")}`)];
  }

  proposed(card, proposal) {
    const { all, page } = this;
    const own = card.codes.includes(proposal.code);
    const others = card.proposals.map((each, index) => button(
      `${page.study.label(each.code)} ${this.percent(each.confidence)}`, () => all.choose(index),
      { "aria-pressed": String(each === proposal), title: page.study.path(each.code) },
    ));
    return [
      own ? make("p", { class: "hint" }, this.words("suggest.own")) : null,
      others.length > 1 ? make("div", { class: "buttons", role: "group", "aria-label": this.words("suggest.also") }, ...others) : null,
      make("div", { class: "buttons" },
        own ? null : this.doing("suggest.accept", () => all.decide.accept(), { key: "a", main: true }),
        this.doing("suggest.otherwise", () => all.decide.other(), { key: "x" }),
        this.selected(card) ? this.doing("suggest.bounds", () => all.bound({ ...page.view.pending })) : null,
        own ? null : this.doing("suggest.reject", () => all.decide.reject(), { key: "r" }),
        own ? null : this.doing("suggest.later", () => all.decide.later(), { key: "l" })),
      this.why(proposal),
    ].filter(Boolean);
  }

  // Words that were selected in the text, where they touch the passage, may be its other bounds.
  selected(card) {
    const { pending } = this.page.view;
    return pending && pending.start < card.end && card.start < pending.end;
  }

  why(proposal) {
    const { page } = this;
    const signed = new Intl.NumberFormat(page.study.lang, { signDisplay: "always", maximumFractionDigits: 2 });
    const near = proposal.near.map((each) => make("li", {}, button(
      `“${short(each.quote)}” (${each.transcript})`, () => page.act.go({ ...each, id: each.coding }, each.transcript), { class: "pick", lang: "nl" },
    )));
    const parts = proposal.parts.map((part) => `${part.name} ${signed.format(part.value)}`).join(" · ");
    return make(
      "div", { class: "why" },
      make("h2", {}, this.words("suggest.reason")),
      proposal.words.length ? make("p", {}, this.words("suggest.found")) : null,
      near.length ? make("p", {}, this.words("suggest.near")) : null,
      near.length ? make("ul", { class: "plain" }, ...near) : null,
      make("p", { class: "hint" }, `${parts} = ${signed.format(proposal.score)} (${proposal.method})`),
    );
  }
}
