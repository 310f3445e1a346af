// Reading a code: all its fragments through the study, each with the question before it, to work on right there.

import { make, button, active } from "./dom.js";

export class Reading {
  // act: the page's actions on a coding: go, recode, uncode, mark, basket, memo
  constructor(study, words, painter, transport, act) {
    Object.assign(this, { study, words, painter, transport, act });
    this.root = make("section", { class: "reading", "aria-label": words("reading.label"), hidden: true });
    this.asked = { group: "respondent", subtree: true, code: "", query: null };
  }

  async open(code) {
    this.asked = { ...this.asked, code, query: null };
    this.root.hidden = false;
    await this.load();
    this.root.querySelector("h2")?.focus();
  }

  // A query: what was asked before stands there still.
  ask() {
    this.asked = { ...this.asked, query: this.last || "" };
    this.root.hidden = false;
    this.draw({ total: 0, respondents: 0, groups: [] });
    this.root.querySelector(".query input").focus();
    if (this.asked.query) this.load();
  }

  async load() {
    const asked = this.asked;
    if (asked.query !== null) {
      if (asked.query) await this.answer(asked);
      return;
    }
    const dimension = Object.keys(this.study.dimensions).find((name) => asked.value && this.study.dimensions[name].includes(asked.value));
    const params = { code: asked.code, subtree: String(asked.subtree), group: asked.group };
    if (dimension) Object.assign(params, { dimension, value: asked.value });
    if (asked.role) params.role = asked.role;
    if (asked.mark) params.mark = asked.mark;
    const found = await this.transport.read("reading", params);
    if (asked === this.asked) this.draw(found);
  }

  // An expression that cannot be read is said where it was typed, with what stood there kept.
  async answer(asked) {
    const params = { query: asked.query, group: asked.group, ...(asked.role ? { role: asked.role } : {}) };
    try {
      const found = await this.transport.read("reading", params);
      if (asked === this.asked) this.draw(found);
    } catch (error) {
      if (!("status" in error) || error.status === 0 || asked !== this.asked) throw error;
      this.draw({ total: 0, respondents: 0, groups: [] }, `${error.what} ${error.wayOut || ""}`.trim());
    }
  }

  // Where the focus is: in which fragment, at which of what can have it there. What is drawn anew gets it back.
  held() {
    const here = active(this.root);
    if (!this.root.contains(here)) return null;
    const fragments = [...this.root.querySelectorAll(".fragment")];
    const fragment = here.closest(".fragment");
    return { at: fragments.indexOf(fragment), id: fragment?.dataset.fragment, which: this.places(fragment || this.root).indexOf(here) };
  }

  places(inside) {
    return [...inside.querySelectorAll("h2, input, select, button")];
  }

  // A fragment that left the list hands the focus to the one that took its place.
  hold({ at, id, which }) {
    const fragments = [...this.root.querySelectorAll(".fragment")];
    const same = fragments[at]?.dataset.fragment === id ? fragments[at] : fragments.find((each) => each.dataset.fragment === id);
    const inside = at < 0 ? this.root : same || fragments[Math.min(at, fragments.length - 1)];
    const places = this.places(inside || this.root);
    places[Math.min(inside ? which : 0, places.length - 1)]?.focus({ preventScroll: true });
  }

  draw(found, fault = "") {
    const held = this.held();
    const query = this.asked.query !== null;
    const silent = query && (fault || !this.asked.query);
    const close = button(this.words("reading.back"), () => this.act.back(), { class: "main" });
    const split = query || !found.total ? null : button(this.words("code.split"), () => this.act.codework("split", this.asked.code));
    const said = this.words(query ? "query.counts" : "reading.counts", { fragments: found.total, respondents: found.respondents });
    const groups = found.groups.map((group) => make(
      "section", { class: "group" },
      make("h3", {}, group.label || this.words("reading.none"), " ", make("small", {}, String(group.fragments.length))),
      ...group.fragments.map((fragment) => this.fragment(fragment)),
    ));
    this.root.replaceChildren(...[
      make("header", {}, make("h2", { tabindex: "-1" }, query ? this.words("query.title") : this.study.path(this.asked.code)), make("div", { class: "buttons" }, split, close)),
      query ? this.question(fault, found) : make("p", { class: "definition" }, this.study.byId.get(this.asked.code)?.definition || ""),
      make("p", { role: "status" }, silent ? "" : said),
      silent ? null : this.filters(),
      ...(groups.length || silent ? groups : [make("p", { class: "hint" }, this.words("reading.empty"))]),
    ].filter(Boolean));
    if (held) this.hold(held);
  }

  question(fault, found) {
    const { words } = this;
    const input = make("input", { type: "text", "aria-label": words("query.label"), value: this.asked.query, spellcheck: "false", autocomplete: "off" });
    const all = found.total ? button(words("query.code", { count: found.total }), () => this.act.codeAll(this.asked.query, found.total)) : null;
    return make(
      "form", { class: "query", role: "search", onsubmit: (event) => {
        event.preventDefault();
        this.last = input.value.trim();
        this.asked = { ...this.asked, query: this.last };
        this.load().then(() => this.root.querySelector(".query input")?.focus());
      } },
      input, make("p", { class: "hint" }, words("query.hint")), fault ? make("p", { class: "warn", role: "alert" }, fault) : null,
      make("div", { class: "buttons" }, make("button", { type: "submit", class: "main" }, words("query.go")), all),
    );
  }

  choice(label, name, options) {
    const select = make(
      "select", { onchange: (event) => { this.asked = { ...this.asked, [name]: event.target.value }; this.load(); } },
      ...options.map(([value, text]) => make("option", { value, selected: (this.asked[name] || "") === value }, text)),
    );
    return make("label", {}, make("span", {}, label), select);
  }

  filters() {
    const all = ["", this.words("filter.all")];
    const dimensions = Object.entries(this.study.dimensions);
    const values = dimensions.flatMap(([, each]) => each.map((value) => [value, value]));
    const query = this.asked.query !== null;
    return make(
      "div", { class: "filters" },
      this.choice(this.words("reading.group"), "group", [
        ["respondent", this.words("group.respondent")], ["role", this.words("group.role")], ["transcript", this.words("group.transcript")],
        ...(query ? [] : dimensions.map(([name]) => [name, name])), ["none", this.words("group.none")],
      ]),
      this.choice(this.words("filter.role"), "role", [all, ...Object.entries(this.study.roles)]),
      values.length && !query ? this.choice(dimensions.map(([name]) => name).join(", "), "value", [all, ...values]) : null,
      query ? null : this.choice(this.words("filter.mark"), "mark", [all, ...this.study.marks.map((mark) => [mark, this.words(`mark.${mark}`)])]),
      query ? null : make("label", { class: "check" }, make("input", {
        type: "checkbox", checked: this.asked.subtree,
        onchange: (event) => { this.asked = { ...this.asked, subtree: event.target.checked }; this.load(); },
      }), make("span", {}, this.words("reading.subtree"))),
    );
  }

  fragment(fragment) {
    return fragment.coding ? this.coded(fragment, fragment.coding) : this.passage(fragment);
  }

  saidIn(fragment) {
    return [
      fragment.question ? make("p", { class: "question", lang: "nl" }, fragment.question) : null,
      make("blockquote", { lang: "nl" }, fragment.quote),
      make("p", { class: "cited" }, fragment.cited_as || fragment.respondents.join(", "), fragment.time ? ` · ${fragment.time}` : ""),
    ];
  }

  // A passage that was found and is no coding: it can be gone to, and coded there.
  passage(fragment) {
    const { start, end, transcript } = fragment;
    return make("article", { class: "fragment" }, ...this.saidIn(fragment),
      make("div", { class: "buttons" }, button(this.words("action.go"), () => this.act.go({ start, end }, transcript))));
  }

  coded(fragment, coding) {
    const act = (name, value) => () => this.act[name](coding, value);
    const marks = this.study.marks.map((mark) => button(this.words(`mark.${mark}`), act("mark", coding.mark === mark ? "" : mark), { "aria-pressed": String(coding.mark === mark) }));
    const swatch = make("span", { class: "swatch", "aria-hidden": "true" });
    swatch.style.setProperty("--code", this.painter.colour(coding.code));
    const values = Object.values(coding.dimensions || {}).filter(Boolean).join(", ");
    return make(
      "article", { class: "fragment", "data-fragment": coding.id },
      ...this.saidIn(fragment),
      make("p", { class: "cited" }, swatch, this.study.path(coding.code), values ? ` · ${values}` : ""),
      coding.memo ? make("p", { class: "memo" }, coding.memo) : null,
      make("div", { class: "buttons" },
        button(this.words("action.go"), act("go", fragment.transcript)), button(this.words("action.recode"), act("recode")),
        button(this.words("action.memo"), act("memo")), ...marks, button(this.words("action.basket"), act("basket")),
        button(this.words("action.uncode"), act("uncode"))),
    );
  }
}
