// What of the transcript is shown: by role, speaker, code subtree, dimensions, uncoded, with memo; and beside whom.

import { make, button, active } from "./dom.js";

const KEPT = "lde-qual-filters";
// No value on a dimension: no value of the codebook is white space alone.
const NONE = " ";

export class Filters {
  constructor(page) {
    this.page = page;
    this.place = page.options.host === "page" ? `${KEPT}:${page.study.place}` : "";
    this.now = JSON.parse((this.place && sessionStorage.getItem(this.place)) || "{}");
    this.kept = new Set();
    this.box = make("details", {});
    this.root = make("div", { class: "filters-box" }, this.box);
    this.used = make("div", { class: "in-use", role: "group", "aria-label": page.words("filter.title"), hidden: true });
    // It stays in sight while the talk scrolls below it, and the names of two coders with it.
    this.above = make("div", { class: "above" }, this.used);
    this.draw();
  }

  // [name, label, [[value, label], ...]], the first value of each for all.
  fields() {
    const { study, words, data } = this.page;
    const all = ["", words("filter.all")];
    const here = data ? data.turns.map((turn) => turn.respondent) : study.transcripts.flatMap((each) => each.speakers.map((speaker) => speaker.id));
    const speakers = [...new Set([...here, this.now.speaker])].filter(Boolean);
    const values = Object.entries(study.dimensions).map(([name, known]) => [`=${name}`, name, [all, ...known.map((value) => [value, value]), [NONE, words("filter.novalue")]]]);
    const others = study.coders.filter((coder) => coder !== study.coder);
    return [
      ["role", words("filter.role"), [all, ["interviewer", words("role.interviewer")], ...Object.entries(study.roles)]],
      ["speaker", words("filter.speaker"), [all, ...speakers.map((id) => [id, id])]],
      ["code", words("filter.code"), [all, ...study.codes.map((code) => [code.id, study.path(code.id)])]],
      ...values,
      ["only", words("filter.only"), [all, ["uncoded", words("filter.uncoded")], ["memo", words("filter.memo")]]],
      ...(others.length ? [["coder", words("filter.coder"), [["", words("filter.nobody")], ...others.map((coder) => [coder, coder])]]] : []),
    ];
  }

  // Made anew where codes, coders or speakers are others; a value that is there no more is let go.
  draw() {
    const held = this.box.contains(active(this.box)) ? active(this.box).dataset.filter : "";
    const fields = this.fields();
    const known = new Map(fields.map(([name, , options]) => [name, options.map(([value]) => value)]));
    const before = Object.entries(this.now).filter(([, value]) => value);
    this.now = Object.fromEntries(before.filter(([name, value]) => known.get(name)?.includes(value)));
    const gone = Object.keys(this.now).length < before.length;
    this.box.replaceChildren(
      make("summary", {}, this.page.words("filter.title")),
      make("div", { class: "filters" }, ...fields.map(([name, label, options]) => make("label", {}, make("span", {}, label), make(
        "select", { "data-filter": name, onchange: (event) => this.set(name, event.target.value) },
        ...options.map(([value, text]) => make("option", { value, selected: value === (this.now[name] || "") }, text)),
      )))),
    );
    if (gone && this.page.data) {
      this.page.view.repaint([...this.page.view.codings.values()]);
      this.apply();
    }
    if (held) [...this.box.querySelectorAll("select")].find((each) => each.dataset.filter === held)?.focus();
  }

  // Another transcript, or another text of it, is shown.
  open() {
    this.kept.clear();
    this.draw();
    this.compare();
    this.apply();
  }

  async set(name, value) {
    const { page } = this;
    this.now[name] = value;
    this.kept.clear();
    if (this.place) sessionStorage.setItem(this.place, JSON.stringify(this.now));
    this.draw();
    if (name === "coder") {
      this.compare();
      await page.reopen();
      this.compare();
    } else page.view.repaint([...page.view.codings.values()]);
    this.apply();
    if (value && name !== "coder") page.say(this.count());
  }

  // All that hides something; whom one compares with stays.
  clear() {
    this.now = { coder: this.now.coder };
    this.set("only", "");
    this.box.querySelector("summary").focus();
  }

  // Beside whom: each coder has a side of the stripes, named above it.
  compare() {
    const { view, compared } = this.page;
    view.compared = this.now.coder || "";
    compared.hidden = !view.compared;
    const theirs = compared.lastElementChild;
    theirs.textContent = theirs.title = view.compared;
    const { data, words } = this.page;
    const count = data?.others?.[view.compared]?.length;
    if (view.compared && count !== undefined) this.page.say(words("compare.said", { coder: view.compared, count }));
  }

  others() {
    return this.now.coder ? { coders: this.now.coder } : {};
  }

  // What somebody does stays in sight, whatever is left out, until the filters are chosen anew.
  keep(id) {
    const { view, queue } = this.page;
    const now = queue.resolved(id);
    this.kept.add(now);
    const coding = view.codings.get(now);
    if (coding && !view.painted.get(coding.id).length) view.put(coding);
  }

  // What was acknowledged has another id.
  renamed(from, to) {
    if (this.kept.delete(from)) this.kept.add(to);
  }

  fits(coding) {
    const { study } = this.page;
    if (this.now.code && !study.subtree(this.now.code).includes(coding.code)) return false;
    return Object.keys(study.dimensions).every((name) => {
      const wanted = this.now[`=${name}`];
      return !wanted || (coding.dimensions?.[name] || NONE) === wanted;
    });
  }

  shows(coding) {
    return this.kept.has(coding.id) || (this.fits(coding) && !(this.now.only === "memo" && !coding.memo));
  }

  // Filters in force that leave something out.
  hiding() {
    if (!Object.keys(this.now).some((name) => name !== "coder" && this.now[name])) return [];
    return this.fields().filter(([name]) => name !== "coder" && this.now[name]);
  }

  // Turns that a filter leaves out are dimmed, not taken away: the talk stays readable.
  apply() {
    const { view } = this.page;
    const hiding = this.hiding();
    const out = hiding.length ? this.left() : () => false;
    this.shown = 0;
    for (const turn of view.turns) {
      const dimmed = out(turn);
      this.shown += Number(!dimmed);
      turn.element.classList.toggle("dimmed", dimmed);
    }
    this.tell(hiding);
  }

  // Whether a turn is left out. Uncoded is: without a coding of one's own that the code and the dimensions leave.
  left() {
    const { view } = this.page;
    const { role, speaker, only } = this.now;
    const [fitting, shown, kept] = [new Set(), new Set(), new Set()];
    for (const coding of view.codings.values()) {
      const turns = view.segments(coding.start, coding.end).map((segment) => segment.turn);
      const sets = [[fitting, !coding.other && this.fits(coding)], [shown, this.shows(coding)], [kept, this.kept.has(coding.id)]];
      for (const [set, belongs] of sets) if (belongs) for (const turn of turns) set.add(turn);
    }
    const coded = this.hiding().some(([name]) => name === "code" || name.startsWith("=")) || only === "memo";
    return (turn) => !kept.has(turn) && Boolean((role && turn.role !== role) || (speaker && turn.respondent !== speaker)
      || (only === "uncoded" ? turn.interviewer || fitting.has(turn) : coded && !shown.has(turn)));
  }

  count() {
    return this.page.words("filter.shown", { shown: this.shown, total: this.page.view.turns.length });
  }

  // What leaves something out stands above the talk, each with a way to let go of it.
  tell(hiding) {
    const { words } = this.page;
    const said = JSON.stringify([this.now, this.shown, this.page.data?.name]);
    if (said === this.said) return;
    this.said = said;
    this.used.hidden = !hiding.length;
    const chips = hiding.map(([name, label, options]) => make(
      "button", { type: "button", class: "chip", title: words("filter.off"), onclick: () => { this.set(name, ""); (this.used.querySelector("button") || this.box.querySelector("summary")).focus(); } },
      `${label}: ${options.find(([value]) => value === this.now[name])[1]} `, make("span", { "aria-hidden": "true" }, "✕"),
    ));
    const step = (key, by) => button(words(by > 0 ? "dialog.next" : "dialog.back"), () => this.page.moves.leave(by), { "aria-keyshortcuts": key, title: key, disabled: !this.shown });
    this.used.replaceChildren(make("span", {}, this.count()), step("k", -1), step("j", 1), ...chips, button(words("filter.clear"), () => this.clear(), { class: "main" }));
  }
}
