// How suggestions look: a list of cards, the one in hand opened with what speaks for it.

import { button, make, active } from "./dom.js";
import { Offsets } from "./offsets.js";

const LEAST = [0, 0.5, 0.7, 0.9];
const LONGEST = 110;

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : text);

export class SuggestionCards {
  constructor(suggestions) {
    this.all = suggestions;
    this.page = suggestions.page;
    this.words = suggestions.words;
    this.items = new Map();
    this.choices = make("div", { class: "filters" });
    this.bulk = make("div", {});
    suggestions.tools.append(this.choices, this.bulk);
  }

  draw() {
    const { all, page } = this;
    const cards = all.shown();
    const tab = page.panels?.tabs.get("suggestions");
    if (tab) tab.textContent = [this.words("tab.suggestions"), cards.length || ""].join(" ").trim();
    const said = this.said(cards);
    if (all.status.textContent !== said) all.status.textContent = said;
    this.tools(cards);
    this.list(cards);
  }

  // Only the cards that changed are made anew: a long list stays as quick as a short one.
  list(cards) {
    const { all } = this;
    const none = !all.card();
    const items = new Map();
    const stale = [];
    cards.forEach((card, index) => {
      const here = card.key === all.hand ? [all.rank, all.bounds, this.selected(card)] : none && index === 0;
      const named = [...card.codes, ...card.proposals.map((each) => each.code)].map((code) => this.page.study.path(code));
      const state = JSON.stringify([card, here, named]);
      const item = this.items.get(card.key)?.item || make("li", {});
      if (this.items.get(card.key)?.state !== state) stale.push([item, card, here]);
      items.set(card.key, { state, item });
    });
    const same = [...items.keys()].join() === [...this.items.keys()].join();
    this.items = items;
    for (const [item, card, here] of stale) item.replaceChildren(card.key === all.hand ? this.opened(card) : this.closed(card, here));
    if (!same) all.list.replaceChildren(...[...items.values()].map(({ item }) => item));
  }

  said(cards) {
    const { found } = this.all;
    if (!found) return this.words("suggest.working");
    if (!found.visible) return this.words(`suggest.hidden.${found.why.replace(" ", ".")}`);
    if (found.failed) return this.words("suggest.failed", { what: found.failed });
    if (!found.fit) return this.words("suggest.working");
    const bare = found.bare ? ` ${this.words("suggest.bare", { count: found.bare, codes: this.page.study.codes.length })}` : "";
    const again = found.working ? ` ${this.words("suggest.again")}` : "";
    return (cards.length ? this.words("suggest.count", { count: cards.length }) : this.words("suggest.none")) + again + bare;
  }

  tools(cards) {
    const { all, page } = this;
    const bulk = all.bulk().length;
    const next = all.found?.next;
    const unread = all.found?.why === "first reading" && !page.study.read_only;
    const asked = JSON.stringify([bulk, next, unread]);
    if (asked !== this.asked) {
      this.asked = asked;
      this.bulk.replaceChildren(
        bulk ? this.doing("suggest.all", () => all.decide.all(), { values: { count: bulk }, key: "A" }) : "",
        unread ? button(this.words("action.done"), () => page.readToEnd(), { class: "main" }) : "",
        next && !cards.length ? button(this.words("suggest.next", { name: next }), () => all.turnTo(next), { class: "main" }) : "",
      );
    }
    // A list of options that somebody is in is not made anew under their fingers.
    if (!this.choices.contains(active(this.choices))) this.choose();
  }

  choose() {
    const { all, page } = this;
    const codes = new Set(all.cards.flatMap((card) => card.proposals.map((each) => each.code)));
    const listed = page.study.codes.filter((code) => page.study.subtree(code.id).some((each) => codes.has(each)));
    const offered = JSON.stringify([all.order, all.only, all.cards.length > 0, listed.map((code) => [code.id, code.label])]);
    if (offered === this.offered) return;
    this.offered = offered;
    const choice = (label, value, options, change) => make("label", {}, make("span", {}, label), make(
      "select", { onchange: (event) => change(event.target.value) },
      ...options.map(([each, text]) => make("option", { value: each, selected: String(each) === String(value) }, text)),
    ));
    this.choices.replaceChildren(...(all.cards.length ? [
      choice(this.words("suggest.order"), all.order, all.found.orders.map((each) => [each, this.words(`suggest.order.${each}`)]), (order) => all.reorder(order)),
      choice(this.words("suggest.code"), all.only.code, [["", this.words("filter.all")], ...listed.map((code) => [code.id, page.study.path(code.id)])], (code) => this.filter({ code })),
      choice(this.words("suggest.least"), all.only.least, LEAST.map((least) => [least, least ? `≥ ${this.percent(least)}` : this.words("filter.all")]), (least) => this.filter({ least: Number(least) })),
    ] : []));
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
      make("span", { class: "snippet", lang: this.words.spoken }, short(card.quote)),
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
    if (bounds) return make("blockquote", { lang: this.words.spoken }, view.offsets.slice(bounds.start, bounds.end));
    const text = new Offsets(card.quote);
    const pieces = [];
    let at = 0;
    for (const [start, end] of [...(proposal?.words || [])].sort((a, b) => a[0] - b[0])) {
      if (start < at) continue;
      pieces.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    return make("blockquote", { lang: this.words.spoken }, ...pieces, text.slice(at, text.points));
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
      this.why(card, proposal),
    ].filter(Boolean);
  }

  // Words that were selected in the text, where they touch the passage, may be its other bounds.
  selected(card) {
    const { pending } = this.page.view;
    return pending && pending.start < card.end && card.start < pending.end;
  }

  why(card, proposal) {
    const { page } = this;
    const text = new Offsets(card.quote);
    const found = [...new Set(proposal.words.map(([start, end]) => `“${text.slice(start, end)}”`))];
    const signed = new Intl.NumberFormat(page.study.lang, { signDisplay: "always", maximumFractionDigits: 2 });
    const near = proposal.near.map((each) => make("li", {}, button(
      `“${short(each.quote)}” (${each.transcript})`, () => page.act.go({ ...each, id: each.coding }, each.transcript), { class: "pick", lang: this.words.spoken },
    )));
    const parts = proposal.parts.map((part) => `${part.name} ${signed.format(part.value)}`).join(" · ");
    return make(
      "div", { class: "why" },
      make("h2", {}, this.words("suggest.reason")),
      found.length ? make("p", {}, this.words("suggest.found", { words: found.join(", ") })) : null,
      near.length ? make("p", {}, this.words("suggest.near")) : null,
      near.length ? make("ul", { class: "plain" }, ...near) : null,
      make("p", { class: "hint" }, `${parts} = ${signed.format(proposal.score)} (${proposal.method})`),
    );
  }
}
