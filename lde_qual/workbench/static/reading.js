// Reading a code: all its fragments through the study, each with the question before it, to work on right there.

import { make, button } from "./dom.js";

export class Reading {
  // act: the page's actions on a coding: go, recode, uncode, mark, basket, memo
  constructor(study, words, painter, transport, act) {
    Object.assign(this, { study, words, painter, transport, act });
    this.root = make("section", { class: "reading", "aria-label": words("reading.label"), hidden: true });
    this.asked = { group: "respondent", subtree: true, code: "" };
  }

  async open(code) {
    this.asked = { ...this.asked, code };
    this.root.hidden = false;
    await this.load();
    this.root.querySelector("h2")?.focus();
  }

  async load() {
    const asked = this.asked;
    const dimension = Object.keys(this.study.dimensions).find((name) => asked.value && this.study.dimensions[name].includes(asked.value));
    const params = { code: asked.code, subtree: String(asked.subtree), group: asked.group };
    if (dimension) Object.assign(params, { dimension, value: asked.value });
    if (asked.role) params.role = asked.role;
    if (asked.mark) params.mark = asked.mark;
    const found = await this.transport.read("reading", params);
    if (asked === this.asked) this.draw(found);
  }

  draw(found) {
    const close = button(this.words("reading.back"), () => this.act.back(), { class: "main" });
    const said = this.words("reading.counts", { fragments: found.total, respondents: found.respondents });
    const groups = found.groups.map((group) => make(
      "section", { class: "group" },
      make("h3", {}, group.label || this.words("reading.none"), " ", make("small", {}, String(group.fragments.length))),
      ...group.fragments.map((fragment) => this.fragment(fragment)),
    ));
    this.root.replaceChildren(
      make("header", {}, make("h2", { tabindex: "-1" }, this.study.path(this.asked.code)), close),
      make("p", { class: "definition" }, this.study.byId.get(this.asked.code)?.definition || ""),
      make("p", {}, said),
      this.filters(),
      ...(groups.length ? groups : [make("p", { class: "hint" }, this.words("reading.empty"))]),
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
    return make(
      "div", { class: "filters" },
      this.choice(this.words("reading.group"), "group", [
        ["respondent", this.words("group.respondent")], ["role", this.words("group.role")], ["transcript", this.words("group.transcript")],
        ...dimensions.map(([name]) => [name, name]), ["none", this.words("group.none")],
      ]),
      this.choice(this.words("filter.role"), "role", [all, ...Object.entries(this.study.roles)]),
      values.length ? this.choice(dimensions.map(([name]) => name).join(", "), "value", [all, ...values]) : null,
      this.choice(this.words("filter.mark"), "mark", [all, ...this.study.marks.map((mark) => [mark, mark])]),
      make("label", { class: "check" }, make("input", {
        type: "checkbox", checked: this.asked.subtree,
        onchange: (event) => { this.asked = { ...this.asked, subtree: event.target.checked }; this.load(); },
      }), make("span", {}, this.words("reading.subtree"))),
    );
  }

  fragment(fragment) {
    const { coding } = fragment;
    const act = (name, value) => () => this.act[name](coding, value);
    const marks = this.study.marks.map((mark) => button(mark, act("mark", coding.mark === mark ? "" : mark), { "aria-pressed": String(coding.mark === mark) }));
    const swatch = make("span", { class: "swatch", "aria-hidden": "true" });
    swatch.style.setProperty("--code", this.painter.colour(coding.code));
    const values = Object.values(coding.dimensions || {}).filter(Boolean).join(", ");
    return make(
      "article", { class: "fragment", "data-fragment": coding.id },
      fragment.question ? make("p", { class: "question", lang: "nl" }, fragment.question) : null,
      make("blockquote", { lang: "nl" }, fragment.quote),
      make("p", { class: "cited" }, fragment.cited_as || fragment.respondents.join(", "), fragment.time ? ` · ${fragment.time}` : ""),
      make("p", { class: "cited" }, swatch, this.study.path(coding.code), values ? ` · ${values}` : ""),
      coding.memo ? make("p", { class: "memo" }, coding.memo) : null,
      make("div", { class: "buttons" },
        button(this.words("action.go"), act("go", fragment.transcript)), button(this.words("action.recode"), act("recode")),
        button(this.words("action.memo"), act("memo")), ...marks, button(this.words("action.basket"), act("basket")),
        button(this.words("action.uncode"), act("uncode"))),
    );
  }
}
