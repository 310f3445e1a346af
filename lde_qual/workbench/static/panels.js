// The right side: the coding in hand, memos, search through the study, the quote basket.

import { make, button, later, active } from "./dom.js";
import { codePanel } from "./code_panel.js";

const TABS = ["coding", "suggestions", "code", "memos", "search", "basket"];

export class Panels {
  constructor(page) {
    this.page = page;
    this.words = page.words;
    this.tab = "coding";
    this.body = make("div", { class: "panel", role: "tabpanel", id: `${page.prefix}-panel`, tabindex: "-1" });
    this.tabs = new Map(TABS.map((name) => [name, make("button", {
      type: "button", role: "tab", id: `${page.prefix}-tab-${name}`, "aria-controls": this.body.id, onclick: () => this.open(name),
    }, this.words(`tab.${name}`))]));
    this.bar = make("div", { role: "tablist", class: "tabs", "aria-label": this.words("tab.label") }, ...this.tabs.values());
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.root = make("div", { class: "side" }, this.bar, this.body);
    this.found = null;
    this.asked = "";
  }

  key(event) {
    const names = [...this.tabs.keys()];
    const at = names.indexOf(this.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const name = names[(to + names.length) % names.length];
    this.open(name);
    this.tabs.get(name).focus();
  }

  open(name) {
    this.saving?.now();
    this.tab = name;
    this.draw();
  }

  draw() {
    for (const [name, tab] of this.tabs) {
      tab.setAttribute("aria-selected", String(name === this.tab));
      tab.tabIndex = name === this.tab ? 0 : -1;
    }
    const held = this.body.contains(active(this.body)) ? active(this.body).closest("button") : null;
    const alike = () => (held ? [...this.body.querySelectorAll("button:not(:disabled)")].filter((each) => each.textContent === held.textContent) : []);
    const at = alike().indexOf(held);
    this.body.setAttribute("aria-labelledby", this.tabs.get(this.tab).id);
    this.body.replaceChildren(...[this[`draw_${this.tab}`]()].flat().filter(Boolean));
    // In a notebook a key with the focus nowhere would be the notebook's: what was pressed keeps it, else the text has it.
    if (held && !held.isConnected) {
      const same = alike();
      if (at >= 0 && same.length) same[Math.min(at, same.length - 1)].focus({ preventScroll: true });
      else if (this.page.view.turns.length) this.page.view.focus(this.page.view.focused);
    }
  }

  // Redraw what shows codings, but never under somebody's fingers; of a code nothing is typed there.
  refresh() {
    const here = active(this.body);
    const held = this.body.contains(here) ? here : null;
    if (this.tab === "code" && (!held || held.dataset.again)) {
      this.draw();
      if (held) (this.body.querySelector(`[data-again="${held.dataset.again}"]`) || this.body).focus({ preventScroll: true });
    } else if (this.tab === "coding" && (!held || held.closest("button"))) this.draw();
  }

  memoField(label, text, save, attributes = {}) {
    const write = later((value) => { this.saving = null; save(value); }, 800);
    const area = make("textarea", {
      rows: 4, value: text, ...attributes,
      oninput: () => { this.saving = write; this.state.textContent = this.words("memo.writing"); write(area.value); },
      onblur: () => write.now(area.value),
    });
    this.state = make("small", { class: "hint" });
    return make("label", { class: "block" }, make("span", {}, label), area, this.state);
  }

  draw_coding() {
    const { view, study, words } = this.page;
    if (this.page.reading && !this.page.reading.root.hidden) return make("p", { class: "hint" }, words("coding.reading"));
    const pending = view.pending;
    const head = pending
      ? [make("blockquote", { lang: words.spoken }, view.offsets.slice(pending.start, pending.end)), this.digits()]
      : [];
    const turn = view.turns[view.focused];
    const here = turn ? view.codingsIn(turn.index) : [];
    const cards = here.map((coding) => this.card(coding));
    const none = !here.length && !pending ? make("p", { class: "hint" }, words("coding.none")) : null;
    return [...head, this.look(), make("h2", {}, words("coding.here")), none, ...cards, study.read_only ? make("p", { class: "hint" }, study.read_only) : null];
  }

  // What a correction left uncertain: in no count, until somebody says where it stands or takes it away.
  look() {
    const { data, study, words, act } = this.page;
    if (!data?.look?.length) return null;
    const cards = data.look.map((each) => make("li", { class: "card" },
      each.coding ? study.path(each.coding.code) : make("span", {}, words("note.title"), ": ", each.text), make("blockquote", { lang: words.spoken }, each.quote),
      make("div", { class: "buttons" }, button(words("look.here"), () => act.settle(each)), button(words("look.out"), () => act.unsettle(each)))));
    return make("section", { class: "look" }, make("h2", {}, words("look.title", { count: data.look.length })), make("p", { class: "hint warn" }, words("look.how")), make("ul", { class: "plain" }, ...cards));
  }

  digits() {
    const { study, words, act } = this.page;
    const items = study.digits().map((id, index) => button(`${index + 1} ${study.label(id)}`, () => act.code(id), { title: study.path(id) }));
    return make("div", { class: "buttons" }, ...items, button(words("action.choose"), () => act.choose(), { class: "main" }),
      button(words("action.vivo"), () => act.vivo()), button(words("action.sort"), () => act.sort()), button(words("action.note"), () => act.note()));
  }

  card(coding) {
    const { view, study, words, act } = this.page;
    const chosen = coding.id === view.chosen;
    const above = study.path(coding.code).slice(0, -study.label(coding.code).length);
    const head = make("button", { type: "button", class: "pick", "aria-pressed": String(chosen), onclick: () => view.choose(coding.id) },
      above ? make("small", { class: "above" }, above) : null, this.page.painter.swatch(coding.code), study.label(coding.code));
    if (!chosen || coding.other) return make("div", { class: "card" }, head, coding.other ? make("small", {}, coding.coder) : null);
    const values = Object.entries(study.dimensions).map(([name, options]) => make(
      "fieldset", {}, make("legend", {}, name),
      ...options.map((value) => button(value, () => act.value(coding, name, coding.dimensions[name] === value ? "" : value), { "aria-pressed": String(coding.dimensions[name] === value) })),
    ));
    const marks = study.marks.map((mark) => button(words(`mark.${mark}`), () => act.mark(coding, coding.mark === mark ? "" : mark), { "aria-pressed": String(coding.mark === mark) }));
    return make(
      "div", { class: "card chosen" }, head,
      make("blockquote", { lang: words.spoken }, view.offsets.slice(coding.start, coding.end)), this.accepted(coding), act.extending.card(coding), ...values,
      this.memoField(words("memo.coding"), coding.memo || "", (text) => act.memoText(coding.id, text), { class: "coding-memo" }),
      make("div", { class: "buttons" }, ...marks, button(words("action.recode"), () => act.recode(coding)),
        button(words("action.basket"), () => act.basket(coding)), button(words("action.uncode"), () => act.uncode(coding))),
    );
  }

  // What was suggested stays with the coding that was made of it.
  accepted(coding) {
    const { study, words } = this.page;
    const { reason, confidence, code } = coding.suggestion || {};
    if (!reason) return null;
    const share = typeof confidence === "number" ? new Intl.NumberFormat(study.lang, { style: "percent" }).format(confidence) : "—";
    return make("p", { class: "hint" }, words("coding.accepted", { code: study.label(code), share }), " ", reason);
  }

  draw_suggestions() {
    this.page.suggestions.draw();
    return this.page.suggestions.root;
  }

  draw_code() {
    return codePanel({ study: this.page.study, words: this.words, tree: this.page.tree, act: this.page.act });
  }

  draw_memos() {
    const { study, words, act, data } = this.page;
    const find = (subject, about) => (this.page.memos || []).find((memo) => memo.subject === subject && memo.about === about && memo.kind === "content");
    const field = (label, subject, about) => this.memoField(label, find(subject, about)?.text || "", (text) => act.memoAbout(subject, about, text));
    const notes = (data?.notes || []).map((note) => make("li", {},
      button(data ? this.page.view.offsets.slice(note.start, note.end).slice(0, 60) : "", () => this.page.view.reveal(note.start, true), { class: "pick" }),
      make("p", {}, note.text), button(words("action.edit"), () => act.editNote(note))));
    const code = this.page.tree.active;
    return [
      data ? field(words("memo.synopsis", { name: data.name }), "transcript", data.name) : null,
      code ? field(words("memo.code", { code: study.label(code) }), "code", code) : null,
      field(words("memo.study"), "study", ""),
      make("h2", {}, words("memo.notes")), notes.length ? make("ul", { class: "plain" }, ...notes) : make("p", { class: "hint" }, words("memo.nonotes")),
    ];
  }

  draw_search() {
    const { words, act } = this.page;
    const input = make("input", { type: "search", "aria-label": words("search.label"), value: this.asked });
    const lemma = make("input", { type: "checkbox", checked: this.lemma });
    const form = make("form", { role: "search", onsubmit: async (event) => {
      event.preventDefault();
      this.asked = input.value;
      this.lemma = lemma.checked;
      this.found = await act.search(input.value, lemma.checked);
      this.draw();
      this.body.querySelector("input")?.focus();
    } }, input, make("label", { class: "check" }, lemma, make("span", {}, words("search.lemma"))), make("button", { type: "submit" }, words("search.go")));
    const hits = (this.found?.hits || []).map((hit) => make("li", {}, make(
      "button", { type: "button", class: "hit", onclick: () => act.go(hit, hit.transcript) },
      make("span", { class: "where" }, `${hit.transcript} · ${hit.respondent}`), make("span", { lang: words.spoken }, hit.before, make("mark", {}, hit.quote), hit.after),
    )));
    const total = this.found ? make("p", { role: "status" }, words("search.total", { total: this.found.total, shown: this.found.shown ?? hits.length })) : null;
    return [form, button(words("query.open"), () => this.page.ask(), { "aria-keyshortcuts": "g" }), total, make("ul", { class: "plain" }, ...hits)];
  }

  draw_basket() {
    const { words, act } = this.page;
    const items = this.page.basket?.items || [];
    const order = (index, step) => act.basketMove(index, step);
    const rows = items.map((item, index) => make(
      "li", { class: "card" }, make("blockquote", { lang: words.spoken }, item.fragment?.quote || "—"), make("p", { class: "cited" }, item.fragment?.cited_as || ""),
      make("label", { class: "block" }, make("span", {}, words("basket.note")), make("input", { type: "text", value: item.note || "", onchange: (event) => act.basketNote(index, event.target.value) })),
      make("div", { class: "buttons" }, button("↑", () => order(index, -1), { "aria-label": words("basket.up"), disabled: index === 0 }),
        button("↓", () => order(index, 1), { "aria-label": words("basket.down"), disabled: index === items.length - 1 }),
        button(words("basket.out"), () => act.basketOut(index))),
    ));
    return [
      rows.length ? make("ol", { class: "plain" }, ...rows) : make("p", { class: "hint" }, words("basket.empty")),
      rows.length ? make("div", { class: "buttons" }, button(words("basket.copy"), () => act.basketCopy(false), { class: "main" }), button(words("basket.rows"), () => act.basketCopy(true))) : null,
    ];
  }
}
