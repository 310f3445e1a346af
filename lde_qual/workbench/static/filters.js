// What of the transcript is shown: by role, speaker, code subtree, direction, mark, uncoded, with memo; and beside whom.

import { make } from "./dom.js";

export class Filters {
  constructor(page) {
    this.page = page;
    this.now = { role: "", speaker: "", code: "", value: "", coder: "", only: "" };
    this.root = make("details", { class: "filters-box" });
    this.draw();
  }

  draw() {
    const { study, words } = this.page;
    const all = ["", words("filter.all")];
    const values = Object.values(study.dimensions).flat();
    const speakers = [...new Set(study.transcripts.flatMap((each) => each.speakers.map((speaker) => speaker.id)))];
    const others = study.coders.filter((coder) => coder !== study.coder);
    const choice = (name, options) => make("label", {}, make("span", {}, words(`filter.${name}`)), make(
      "select", { onchange: (event) => this.set(name, event.target.value) }, ...options.map(([value, label]) => make("option", { value }, label)),
    ));
    this.state = make("span", { class: "hint" });
    this.root.replaceChildren(
      make("summary", {}, words("filter.title"), " ", this.state),
      make("div", { class: "filters" },
        choice("role", [all, ["interviewer", words("role.interviewer")], ...Object.entries(study.roles)]),
        choice("speaker", [all, ...speakers.map((id) => [id, id])]),
        choice("code", [all, ...study.codes.map((code) => [code.id, study.path(code.id)])]),
        values.length ? choice("value", [all, ...values.map((value) => [value, value])]) : null,
        choice("only", [all, ["uncoded", words("filter.uncoded")], ["memo", words("filter.memo")]]),
        others.length ? choice("coder", [["", words("filter.nobody")], ...others.map((coder) => [coder, coder])]) : null),
    );
  }

  async set(name, value) {
    this.now[name] = value;
    const used = Object.values(this.now).filter(Boolean).length;
    this.state.textContent = used ? this.page.words("filter.used", { count: used }) : "";
    if (name === "coder") {
      this.page.compare(value);
      await this.page.reopen();
    } else this.page.view.repaint([...this.page.view.codings.values()]);
    this.apply();
  }

  others() {
    return this.now.coder ? { coders: this.now.coder } : {};
  }

  shows(coding) {
    const { study } = this.page;
    if (this.now.code && !study.subtree(this.now.code).includes(coding.code)) return false;
    if (this.now.value && !Object.values(coding.dimensions || {}).includes(this.now.value)) return false;
    return !(this.now.only === "memo" && !coding.memo);
  }

  // Turns that a filter leaves out are dimmed, not taken away: the talk stays readable.
  apply() {
    const { view } = this.page;
    const { role, speaker, only } = this.now;
    for (const turn of view.turns) {
      const here = only || this.now.code || this.now.value ? view.codingsIn(turn.index).filter((coding) => this.shows(coding)) : [];
      const out = (role && turn.role !== role) || (speaker && turn.respondent !== speaker)
        || (only === "uncoded" && (turn.interviewer || view.codingsIn(turn.index).length)) || (only === "memo" && !here.length)
        || ((this.now.code || this.now.value) && !here.length);
      turn.element.classList.toggle("dimmed", Boolean(out));
    }
  }
}
