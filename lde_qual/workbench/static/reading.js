// Reading: the fragments of a code, of every code, or of a query, through the study, to work on right there.

import { make, button, active, oneAtATime } from "./dom.js";
import { Fragments } from "./fragments.js";
import { pickCode } from "./picker.js";
import { refusal } from "./refusal.js";
import { actionOf } from "./keys.js";

const EVERY = { code: "", query: null, subtree: true, group: "respondent", role: "", mark: "", transcript: "", values: {} };
const NARROWING = ["role", "mark", "transcript"];
const QUERY = "?";
const BACK = ["undo", "redo"];

export class Reading {
  constructor(page) {
    const { study, words } = page;
    Object.assign(this, { page, study, words });
    this.root = make("section", { class: "reading", "aria-label": words("reading.label"), hidden: true });
    this.fragments = new Fragments(page);
    this.head = make("div", {});
    this.status = make("p", { role: "status" });
    this.root.append(this.head, this.status, this.fragments.list);
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.load = oneAtATime((again) => this.request(again));
    this.asked = EVERY;
    this.found = { total: 0, respondents: 0, groups: [] };
  }

  get shown() {
    return !this.root.hidden;
  }

  // The transcript makes room for what is read, and comes back.
  show(shown) {
    const { page } = this;
    this.root.hidden = !shown;
    page.view.root.hidden = shown;
    page.filters.root.hidden = shown;
    page.compared.hidden = shown || !page.view.compared;
    page.panels.draw();
  }

  // The tree points at what is read, and the panel beside it is about that.
  choose(code) {
    this.page.tree.point(code);
    this.page.panels.draw();
    this.page.middle.scrollTop = 0;
    return this.narrow({ code, query: null });
  }

  async open(code) {
    this.show(true);
    await this.choose(code);
    this.root.querySelector("h2")?.focus();
  }

  back(focus = false) {
    if (!this.shown) return;
    const held = focus || this.root.contains(active(this.root));
    this.show(false);
    this.page.view.stripes.all();
    if (held) this.page.view.focus(this.page.view.focused);
  }

  // Back to what was read last, at the fragment that was worked on.
  async again() {
    if (this.shown) return this.root.querySelector("select").focus();
    this.show(true);
    await this.load();
    const place = this.fragments.element(this.fragments.hand) || this.root.querySelector(".query input, h2");
    place?.focus();
    return place?.scrollIntoView({ block: "nearest" });
  }

  // A query: what was asked before stands there still.
  ask() {
    this.asked = { ...this.asked, query: this.last || "" };
    this.show(true);
    this.draw({ total: 0, respondents: 0, groups: [] });
    this.root.querySelector(".query input").focus();
    this.load();
  }

  async request(again) {
    const { asked } = this;
    if (!this.shown) return;
    if (asked.query === "") return;
    try {
      const found = await this.page.transport.read("reading", this.params(asked));
      this.follow(asked, found.code);
      // What was acknowledged meanwhile is not in it; the next answer has it.
      if (asked === this.asked && this.shown && !again()) this.take(found);
    } catch (error) {
      if (error.status === 404 && asked.code && asked === this.asked) {
        // The code is gone: all of them are read, and nobody is left before an empty window.
        this.asked = { ...asked, code: "" };
        this.load();
        return;
      }
      // An expression that cannot be read is said where it was typed, with what stood there kept.
      if (!error.status || asked.query === null || asked !== this.asked) throw error;
      this.draw({ total: 0, respondents: 0, groups: [] }, refusal(error, this.study, this.words));
    }
  }

  // A code that was merged into another is read on as that one.
  follow(asked, code) {
    if (asked.query === null && asked === this.asked && code) asked.code = code;
  }

  // What waits to be sent is shown as if it were there.
  take(found) {
    const { waiting } = this.page.queue;
    this.found = this.fragments.overlaid(found, waiting);
    if (waiting.length) this.regroup(this.asked.group);
    this.draw(this.found);
  }

  params({ code, query, subtree, group, role, mark, transcript, values }) {
    const own = { ...(role && { role }), ...(transcript && { transcript }), group };
    if (query !== null) return { query, ...own };
    const dimensions = Object.entries(values).filter(([, value]) => value).map(([name, value]) => [`is.${name}`, value]);
    return { code: this.page.queue.resolved(code), subtree: String(subtree), ...(mark && { mark }), ...Object.fromEntries(dimensions), ...own };
  }

  narrow(changes) {
    this.asked = { ...this.asked, ...changes };
    return this.load();
  }

  // A step is seen at once; what the study then holds is read when it was acknowledged.
  change(id, changes) {
    if (!this.shown || !this.fragments.change(this.found, id, changes)) return;
    if (changes.dimensions) this.regroup(this.asked.group);
    this.draw(this.found);
  }

  drop(id) {
    if (!this.shown) return;
    this.found = this.fragments.without(this.found, id);
    this.draw(this.found);
  }

  // Under each value in its order, and last what has none.
  regroup(name) {
    if (!(name in this.study.dimensions)) return;
    const all = new Map(this.found.groups.flatMap((group) => group.fragments.map((each) => [this.fragments.id(each), each])));
    const values = (each) => new Set(this.fragments.codings(each).map((coding) => coding.dimensions[name] || ""));
    const groups = [...this.study.dimensions[name], ""].map((key) => ({ key, label: key, fragments: [...all.values()].filter((each) => values(each).has(key) || (!key && !values(each).size)) }));
    for (const group of groups) group.fragments.sort((a, b) => (a.transcript < b.transcript ? -1 : a.transcript > b.transcript ? 1 : a.start - b.start));
    this.found = { ...this.found, groups: groups.filter((group) => group.fragments.length) };
  }

  // Undo leads to the one fragment that it was about, once that is there again.
  lead(codings) {
    this.to = codings?.length === 1 ? codings[0].id : "";
  }

  draw(found, fault = "") {
    this.found = found;
    const held = this.fragments.held(this.root, active(this.root));
    this.drawHead(found, fault);
    this.fragments.show(found.groups);
    if (held) this.fragments.hold(this.root, held);
    if (this.to && this.fragments.lead(this.to, Boolean(held))) this.to = "";
  }

  // Left alone where it says the same: a list that is open, or what is being typed, is somebody's.
  drawHead(found, fault) {
    const { total, respondents } = found;
    const stamp = JSON.stringify([this.asked, total, respondents, fault, this.study.codes.map(({ label, parent, definition }) => [label, parent, definition])]);
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    const query = this.asked.query !== null;
    const silent = query && Boolean(fault || !this.asked.query);
    const { words } = this;
    const close = button(words("reading.back"), () => this.back(), { class: "main", "aria-keyshortcuts": "Escape" });
    const split = query || !found.total || !this.asked.code ? null : button(words("code.split"), () => this.page.codework.run("split", this.asked.code));
    const said = words(query ? "query.counts" : "reading.counts", { fragments: found.total, respondents: found.respondents });
    const code = query ? null : this.study.byId.get(this.asked.code);
    const above = code?.parent ? this.study.path(code.parent) : "";
    this.fragments.read = code ? code.id : "";
    this.head.replaceChildren(...[
      make("header", {}, make("h2", { tabindex: "-1" }, query ? words("query.title") : code ? code.label : words("reading.all")), make("div", { class: "buttons" }, split, close)),
      above ? make("p", { class: "cited" }, above) : null,
      code?.definition ? make("p", { class: "definition" }, code.definition) : null,
      query ? make("div", { class: "filters" }, this.chooser(query)) : null,
      query ? this.question(fault, found) : null,
      this.filters(query, silent),
    ].filter(Boolean));
    this.status.textContent = silent ? "" : found.total ? said : words("reading.empty");
  }

  question(fault, found) {
    const { words } = this;
    const before = this.root.querySelector(".query input");
    const input = make("input", { type: "text", "aria-label": words("query.label"), value: before ? before.value : this.asked.query, spellcheck: "false", autocomplete: "off" });
    if (before) input.setSelectionRange(before.selectionStart, before.selectionEnd);
    const all = found.total ? button(words("query.code", { count: found.total }), () => this.page.act.codeAll(this.asked.query, found.total)) : null;
    return make(
      "form", { class: "query", role: "search", onsubmit: (event) => {
        event.preventDefault();
        this.last = input.value.trim();
        this.narrow({ query: this.last }).then(() => this.root.querySelector(".query input")?.focus());
      } },
      make("div", { class: "asking" }, input, make("button", { type: "submit", class: "main" }, words("query.go"))),
      make("p", { class: "hint" }, words("query.hint")), fault ? make("p", { class: "warn", role: "alert" }, fault) : null,
      make("div", { class: "buttons" }, button(words("query.insert"), () => this.insert()), all),
    );
  }

  // A query names a code by its id, which nobody has to know by heart.
  async insert() {
    const { page } = this;
    const answer = await pickCode(page.root, page.study, page.words, { title: page.words("query.insert"), fresh: false });
    const input = this.root.querySelector(".query input");
    if (!answer?.code || !input) return;
    const [before, after] = [input.value.slice(0, input.selectionStart), input.value.slice(input.selectionEnd)];
    const gap = (text, end) => (!text || (end ? /[\s(!]$/ : /^[\s)]/).test(text) ? "" : " ");
    input.setRangeText(`${gap(before, true)}${answer.code}${gap(after, false)}`, input.selectionStart, input.selectionEnd, "end");
    input.focus();
  }

  choice(label, now, options, chosen, attributes = {}) {
    const select = make(
      "select", { onchange: (event) => chosen(event.target.value), "data-again": label, ...attributes },
      ...options.map(([value, text]) => make("option", { value, selected: now === value }, text)),
    );
    return make("label", {}, make("span", {}, label), select);
  }

  // What is read: every code, a query, or one of the tree.
  chooser(query) {
    const { study, words } = this;
    const codes = (study.children.get("") || []).flatMap((id) => study.subtree(id)).map((id) => [id, `${"\u00a0\u00a0".repeat(study.depth(id) - 1)}${study.label(id)}`]);
    const now = query ? QUERY : this.asked.code;
    const chosen = (value) => (value === QUERY ? this.ask() : this.choose(value));
    return this.choice(words("reading.what"), now, [["", words("reading.all")], [QUERY, words("reading.query")], ...codes], chosen, { class: "what" });
  }

  filters(query, silent) {
    const { study, words } = this;
    const all = ["", words("filter.all")];
    const { values, ...asked } = this.asked;
    const dimensions = Object.entries(study.dimensions);
    const one = (name, options) => this.choice(words(`filter.${name}`), asked[name], [all, ...options], (value) => this.narrow({ [name]: value }));
    const groups = [["respondent", "role", "transcript"].map((name) => [name, words(`group.${name}`)]), dimensions.map(([name]) => [name, name]), [["none", words("group.none")]]];
    const of = ([name, each]) => this.choice(name, values[name] || "", [all, ...each.map((value) => [value, value]), ["(none)", words("reading.none")]], (value) => this.narrow({ values: { ...values, [name]: value } }));
    const used = NARROWING.some((name) => asked[name]) || Object.values(values).some(Boolean);
    const subtree = make("label", { class: "check" }, make("input", { type: "checkbox", checked: asked.subtree, onchange: (event) => this.narrow({ subtree: event.target.checked }) }), make("span", {}, words("reading.subtree")));
    return make(
      "div", { class: "filters" }, query ? null : this.chooser(query),
      query || !asked.code || !study.children.has(asked.code) ? null : subtree,
      ...(silent ? [] : [
        this.choice(words("reading.group"), asked.group, groups.flat(), (group) => this.narrow({ group })),
        one("role", Object.entries(study.roles)),
        ...(query ? [] : [...dimensions.map(of), one("mark", study.marks.map((mark) => [mark, words(`mark.${mark}`)]))]),
        one("transcript", study.transcripts.map((each) => [each.name, each.name])),
        used ? button(words("reading.clear"), () => this.narrow({ role: "", mark: "", transcript: "", values: {} })) : null,
      ]),
    );
  }

  key(event) {
    if (event.key === "Escape" && event.target.matches?.(".query input")) {
      event.stopPropagation();
      this.back();
    } else if (event.target.matches?.("select, [type=checkbox]") && BACK.includes(actionOf(event))) {
      // Nothing is typed there that a browser could take back.
      event.preventDefault();
      event.stopPropagation();
      this.page.moves[actionOf(event)]();
    } else this.fragments.key(event);
  }
}
