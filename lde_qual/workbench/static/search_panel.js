// Search through the study: where words stand, with the codes that are there, each led to and ready to code.

import { make, button, active } from "./dom.js";

export class SearchPanel {
  constructor(page) {
    this.page = page;
    this.words = page.words;
    this.asked = "";
    this.lemma = false;
    this.found = null;
    this.last = 0;
    this.opened = false;
    this.total = make("p", { role: "status" });
    this.list = make("ul", { class: "plain", onkeydown: (event) => this.key(event) });
  }

  draw() {
    const { words } = this;
    this.input = make("input", { type: "search", "aria-label": words("search.label"), value: this.asked, onkeydown: (event) => this.key(event) });
    const lemma = make("input", { type: "checkbox", checked: this.lemma });
    const form = make("form", { role: "search", onsubmit: (event) => { event.preventDefault(); this.ask(this.input.value, lemma.checked); } },
      make("div", { class: "line" }, this.input, make("button", { type: "submit" }, words("search.go"))),
      make("label", { class: "check" }, lemma, make("span", {}, words("search.lemma"))));
    this.fill();
    // What was coded since stands with what was found.
    if (this.found && this.at !== this.page.version) this.load();
    return [form, button(words("query.open"), () => this.page.ask(), { "aria-keyshortcuts": "g" }), this.total, this.list];
  }

  ask(asked, lemma) {
    Object.assign(this, { asked, lemma, last: 0, opened: false, found: null });
    this.fill();
    // The first search of a long study, or one of other forms, takes its time.
    this.total.textContent = this.words("search.working");
    return this.load();
  }

  async load() {
    const { asked, lemma } = this;
    this.at = this.page.version;
    const found = await this.page.act.search(asked, lemma).catch((error) => { this.fill(); throw error; });
    if (asked !== this.asked || lemma !== this.lemma) return;
    this.found = found;
    this.fill();
  }

  fill() {
    const hits = this.found?.hits || [];
    const held = this.holds();
    const { total = 0, shown = hits.length } = this.found || {};
    this.total.textContent = this.found ? this.words(shown < total ? "search.total" : "search.all", { total, shown }) : "";
    this.list.replaceChildren(...hits.map((hit, index) => make("li", {}, this.hit(hit, index))));
    if (held) this.to(this.last);
  }

  hit(hit, index) {
    const codes = [...new Set(hit.codes)].map((code) => this.page.study.label(code)).join(", ");
    return make(
      "button", { type: "button", class: "hit", "aria-current": index === this.last && this.opened ? "true" : null, onclick: () => this.open(hit, index) },
      make("span", { class: "where" }, `${hit.transcript} · ${hit.respondent}`),
      make("span", { lang: this.words.spoken }, hit.before, make("mark", {}, hit.quote), hit.after),
      codes ? make("small", { class: "hint where" }, codes) : null,
    );
  }

  open(hit, index) {
    this.last = index;
    this.opened = true;
    return this.page.act.go(hit, hit.transcript, { sentence: true });
  }

  // Whether one of what was found has the focus.
  holds() {
    return this.list.contains(active(this.list));
  }

  // Back with what was found, at the one that was opened last; from there to what is searched for.
  enter(held) {
    if (!held && this.opened && this.found?.hits.length) this.to(this.last);
    else this.input.select();
  }

  to(index) {
    const hits = [...this.list.querySelectorAll("button")];
    hits[Math.max(0, Math.min(index, hits.length - 1))]?.focus();
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const at = [...this.list.querySelectorAll("button")].indexOf(event.target.closest("button"));
    if (at < 0) { if (step > 0) this.to(0); } else if (at + step < 0) this.input.focus();
    else this.to(at + step);
  }
}
