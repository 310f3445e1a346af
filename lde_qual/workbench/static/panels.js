// The right side: the coding in hand, memos, search through the study, the quote basket.

import { make, button, keyed, later, active } from "./dom.js";
import { BasketPanel } from "./basket_panel.js";
import { SearchPanel } from "./search_panel.js";
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
    this.search = new SearchPanel(page);
    this.basket = new BasketPanel(page);
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

  // What is to be coded, else the card of the coding in hand, in sight; by scrolling the side alone, since a notebook
  // around it stays where it is.
  chosen() {
    const card = this.body.querySelector(".card.chosen");
    if (this.page.view.pending) this.root.scrollTop = 0;
    if (this.page.view.pending || !card || this.tab !== "coding") return;
    const [box, side] = [card.getBoundingClientRect(), this.root.getBoundingClientRect()];
    if (box.bottom > side.bottom) this.root.scrollTop += Math.min(box.top - side.top - 8, box.bottom - side.bottom + 8);
    else if (box.top < side.top) this.root.scrollTop += box.top - side.top - 8;
  }

  memoField(label, text, save, attributes = {}) {
    const state = make("small", { class: "hint" });
    const saved = () => { if (!this.saving) state.textContent = this.words("memo.saved"); };
    const write = later((value) => { this.saving = null; save(value, saved); }, 800);
    const area = make("textarea", {
      rows: 4, value: text, ...attributes,
      oninput: () => { this.saving = write; state.textContent = this.words("memo.writing"); write(area.value); },
      onblur: () => write.now(),
    });
    return make("label", { class: "block" }, make("span", {}, label), area, state);
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
    return [...head, this.look(), here.length || none ? make("h2", {}, words("coding.here")) : null, none, ...cards, ...this.notes(turn), study.read_only ? make("p", { class: "hint" }, study.read_only) : null];
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
    const items = study.digits().map((id, index) => button("", () => act.code(id), { class: "digit", title: study.path(id), "aria-keyshortcuts": index + 1 }));
    items.forEach((item, index) => item.append(make("kbd", {}, `${index + 1}`), " ", study.label(study.digits()[index])));
    const others = [["vivo", "i"], ["sort", "z"], ["note", "n"], ["correct", "w"]].map(([name, key]) => keyed(words(`action.${name}`), key, () => act[name]()));
    const none = items.length ? null : make("p", { class: "hint" }, words("digits.none"));
    return make("div", { class: "buttons" }, keyed(words("action.choose"), "c", () => act.choose(), { class: "main" }), ...items, ...others, none);
  }

  card(coding) {
    const { view, study, words, act } = this.page;
    const chosen = coding.id === view.chosen;
    const above = study.path(coding.code).slice(0, -study.label(coding.code).length);
    const head = make("button", { type: "button", class: "pick", "aria-pressed": String(chosen), onclick: () => view.choose(coding.id) },
      above ? make("small", { class: "above" }, above) : null, this.page.painter.swatch(coding.code), study.label(coding.code));
    if (!chosen) return make("div", { class: "card" }, head, this.brief(coding));
    const quote = make("blockquote", { lang: this.words.spoken }, view.offsets.slice(coding.start, coding.end));
    if (coding.other) return make("div", { class: "card chosen" }, head, this.brief(coding), quote, coding.memo ? make("p", {}, coding.memo) : null);
    const values = Object.entries(study.dimensions).map(([name, options], index) => make(
      "fieldset", {}, make("legend", {}, name, " ", index ? null : make("kbd", { "aria-hidden": "true" }, "d")),
      ...options.map((value) => button(value, () => act.value(coding, name, coding.dimensions[name] === value ? "" : value), { "aria-pressed": String(coding.dimensions[name] === value) })),
    ));
    const marks = study.marks.map((mark, index) => keyed(words(`mark.${mark}`), "yt"[index], () => act.mark(coding, coding.mark === mark ? "" : mark), { "aria-pressed": String(coding.mark === mark) }));
    return make(
      "div", { class: "card chosen" }, head, quote, this.accepted(coding), act.extending.card(coding), ...values,
      this.memoField(words("memo.coding"), coding.memo || "", (text, then) => act.memoText(coding.id, text, then), { class: "coding-memo" }),
      make("div", { class: "buttons" }, ...marks, keyed(words("action.recode"), "e", () => act.recode(coding)),
        keyed(words("action.basket"), "b", () => act.basket(coding)), keyed(words("action.uncode"), "u", () => act.uncode(coding))),
    );
  }

  // What a coding bears, in one line: whose it is, its values and mark, and that it has a memo.
  brief(coding) {
    const { words } = this;
    const mark = coding.mark ? words(`mark.${coding.mark}`) : "";
    const said = [coding.other ? coding.coder : "", ...Object.values(coding.dimensions || {}), mark, coding.memo ? words("action.memo") : ""].filter(Boolean);
    return said.length ? make("small", { class: "hint" }, said.join(" · ")) : null;
  }

  // Notes on passages of the turn, which bear no code.
  notes(turn) {
    const { data, words, act, view } = this.page;
    const here = turn ? (data?.notes || []).filter((note) => note.start < turn.end && turn.start < note.end) : [];
    return here.map((note) => make("div", { class: "card" }, make("b", {}, words("note.title")), make("blockquote", { lang: this.words.spoken }, view.offsets.slice(note.start, note.end)),
      make("p", {}, note.text), button(words("action.edit"), () => act.editNote(note))));
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

  // What is written here meanwhile is newer than what was read, and a field that somebody is in stays as it is.
  async readMemos() {
    const { page } = this;
    const found = await page.fresh("memos");
    if (page.queue.waiting.some((each) => each.op === "memo")) return;
    page.memos = found.memos;
    if (this.tab === "memos" && !this.body.contains(active(this.body))) this.draw();
  }

  draw_memos() {
    const { study, words, act, data } = this.page;
    const find = (subject, about) => (this.page.memos || []).find((memo) => memo.subject === subject && memo.about === about && memo.kind === "content");
    const field = (label, subject, about) => this.memoField(label, find(subject, about)?.text || "", (text, then) => act.memoAbout(subject, about, text, then));
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
    return this.search.draw();
  }

  draw_basket() {
    return this.basket.draw();
  }
}
