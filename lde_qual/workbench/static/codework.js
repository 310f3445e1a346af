// Work on the codebook from the page: every step is one operation and is taken back by undo.

import { make } from "./dom.js";
import { pickCode, askFields } from "./picker.js";
import { askWalk } from "./walk.js";

export class Codework {
  constructor(page) {
    this.page = page;
  }

  run(name, code) {
    return this[`do_${name}`](code);
  }

  // What was done is said once it is kept.
  send(body, said, values, then = () => {}) {
    this.page.send({ op: "codebook", body }, () => { then(); this.page.say(this.page.words(said, values)); });
  }

  async ask(title, code, fields, options) {
    const { root, words, study } = this.page;
    return askFields(root, words, words(title, { code: code ? study.label(code) : "" }), fields, options);
  }

  // The code above stays active, so that several are added one after the other.
  async do_add(parent) {
    const { page } = this;
    const answer = await this.ask(parent ? "code.add.under" : "code.add.top", parent, [{ name: "label", label: page.words("field.label"), required: true }]);
    const label = answer?.label.trim();
    if (label) page.tree.show(page.act.fresh(label, parent, () => page.say(page.words("say.code.added", { code: label }))));
  }

  async do_label(code) {
    const before = this.page.study.label(code);
    const answer = await this.ask("code.label.of", code, [{ name: "label", label: this.page.words("field.label"), value: before, required: true }]);
    const label = answer?.label.trim();
    if (label && label !== before) this.send({ action: "label", code, label }, "say.code.renamed", { code: label });
  }

  // The colour that a code is shown in, as a field of colours takes it.
  shown(code) {
    const probe = make("span", { hidden: true });
    probe.style.color = this.page.painter.colour(code);
    this.page.root.append(probe);
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3);
    probe.remove();
    return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, "0")).join("")}`;
  }

  async do_describe(code) {
    const { words, study } = this.page;
    const node = study.byId.get(code);
    const colour = this.shown(code);
    const own = [["own", words("code.colour.own")], ["", words("code.colour.auto")]];
    const lists = ["include", "exclude", "examples", "keywords"];
    const answer = await this.ask("code.describe.of", code, [
      { name: "definition", label: words("code.definition"), value: node.definition, long: true },
      ...lists.map((name) => ({ name, label: `${words(`code.${name}`)} ${words("field.lines")}`, value: (node[name] || []).join("\n"), long: true, rows: Math.min(4, Math.max(2, (node[name] || []).length + 1)) })),
      { name: "colour", label: words("code.colour"), value: colour, type: "color" },
      ...(node.colour ? [{ name: "by", label: words("code.colour.by"), value: "own", options: own }] : []),
    ]);
    if (!answer) return;
    const body = { action: "describe", code };
    if (answer.definition !== node.definition) body.definition = answer.definition;
    if (answer.colour !== colour) body.colour = answer.colour;
    if (answer.by === "") body.colour = "";
    for (const name of lists) {
      const items = answer[name].split("\n").map((line) => line.trim()).filter(Boolean);
      if (items.join("\n") !== (node[name] || []).join("\n")) body[name] = items;
    }
    if (Object.keys(body).length > 2) this.send(body, "say.code.described", { code: study.label(code) });
  }

  // Those chosen together move together, in one step.
  async do_move(code) {
    const { words, study, root, tree } = this.page;
    const chosen = tree.selected();
    const codes = chosen.includes(code) ? chosen : [code];
    const title = codes.length > 1 ? words("code.move.these", { codes: codes.map((each) => study.label(each)).join(", ") }) : words("code.move.of", { code: study.label(code) });
    const { parent } = study.byId.get(code);
    const answer = await pickCode(root, study, words, { title, fresh: false, without: [...this.below(codes)], top: words("code.top"), start: parent });
    if (answer && codes.some((each) => answer.code !== study.byId.get(each).parent)) this.move(codes, answer.code);
  }

  move(codes, parent) {
    const { words, study } = this.page;
    const to = parent ? study.label(parent) : words("code.top");
    this.send({ action: "move", codes, parent }, "say.code.moved", { codes: codes.map((each) => study.label(each)).join(", "), to });
  }

  below(codes) {
    return new Set(codes.flatMap((each) => this.page.study.subtree(each)));
  }

  // Whether codes can go below another, and do not stand there already.
  movable(codes, parent) {
    return !this.below(codes).has(parent) && codes.some((each) => this.page.study.byId.get(each).parent !== parent);
  }

  // What goes along is said before it goes.
  async do_merge(code) {
    const { words, study, root, tree } = this.page;
    const answer = await pickCode(root, study, words, { title: words("code.merge.into", { code: study.label(code) }), fresh: false, without: study.subtree(code) });
    if (!answer?.code) return;
    const into = answer.code;
    const named = { code: study.label(code), into: study.label(into) };
    const said = words("code.merge.sure", { ...named, fragments: study.byId.get(code).own, below: (study.children.get(code) || []).length });
    if (!await this.ask("code.merge.of", code, [], { said, confirm: "code.merge" })) return;
    this.send({ action: "merge", code, into }, "say.code.merged", named, () => { tree.active = into; });
  }

  // A walk through the codings of the code: each goes to one of the new codes, or stays.
  async do_split(code) {
    const { words, study, transport, root } = this.page;
    const named = await this.ask("code.split.of", code, [{ name: "labels", label: `${words("code.split.into")} ${words("field.lines")}`, long: true }]);
    const labels = (named?.labels || "").split("\n").map((line) => line.trim()).filter(Boolean);
    if (!labels.length) return;
    const found = await transport.read("reading", { code, subtree: "false", group: "none" });
    const fragments = found.groups.flatMap((group) => group.fragments);
    const codings = fragments.length ? await askWalk(root, words, words("code.split.of", { code: study.label(code) }), fragments, labels) : {};
    if (!codings) return;
    const count = Object.keys(codings).length;
    this.send({ action: "split", code, into: labels.map((label) => ({ label })), codings }, "say.code.split", { code: study.label(code), codes: labels.join(", "), count });
  }

  do_pin(code) {
    const { page } = this;
    const pins = page.study.pins || [];
    const named = { code: page.study.label(code) };
    const held = pins.includes(code);
    // A tenth would take the digit of another, and all after it would move up.
    if (!held && pins.length === 9) { page.say(page.words("say.pins.full", named)); return; }
    page.study.pins = held ? pins.filter((id) => id !== code) : [...pins, code];
    page.send({ op: "pin", body: { codes: page.study.pins } });
    page.say(page.words(held ? "say.unpinned" : "say.pinned", { ...named, digit: pins.length + 1 }));
    page.panels.refresh();
  }

  async do_delete(code) {
    const { words, study } = this.page;
    const named = { code: study.label(code) };
    const answer = await this.ask("code.delete", code, [], { said: words("code.delete.sure", named), confirm: "code.delete" });
    if (answer) this.send({ action: "delete", code }, "say.code.deleted", named);
  }
}
