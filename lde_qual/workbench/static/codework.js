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

  send(body) {
    this.page.send({ op: "codebook", body });
  }

  async ask(title, fields, options) {
    return askFields(this.page.root, this.page.words, this.page.words(title), fields, options);
  }

  async do_add(parent) {
    const answer = await this.ask("code.add", [{ name: "label", label: this.page.words("field.label") }]);
    if (answer?.label.trim()) this.page.act.fresh(answer.label.trim(), parent);
  }

  async do_label(code) {
    const answer = await this.ask("code.label", [{ name: "label", label: this.page.words("field.label"), value: this.page.study.label(code) }]);
    if (answer?.label.trim()) this.send({ action: "label", code, label: answer.label.trim() });
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
    const answer = await this.ask("code.describe", [
      { name: "definition", label: words("code.definition"), value: node.definition, long: true },
      ...lists.map((name) => ({ name, label: `${words(`code.${name}`)} ${words("field.lines")}`, value: (node[name] || []).join("\n"), long: true })),
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
    if (Object.keys(body).length > 2) this.send(body);
  }

  // Those chosen together move together, in one step.
  async do_move(code) {
    const { words, study, tree } = this.page;
    const chosen = tree.selected();
    const codes = chosen.includes(code) ? chosen : [code];
    const below = new Set(codes.flatMap((each) => study.subtree(each)));
    const options = [["", words("code.top")], ...study.codes.filter((each) => !below.has(each.id)).map((each) => [each.id, study.path(each.id)])];
    const said = codes.length > 1 ? words("code.move.these", { codes: codes.map((each) => study.label(each)).join(", ") }) : "";
    const answer = await this.ask("code.move", [{ name: "parent", label: words("field.parent"), options, value: study.byId.get(code).parent }], { said });
    if (answer && codes.some((each) => answer.parent !== study.byId.get(each).parent)) this.send({ action: "move", codes, parent: answer.parent });
  }

  async do_merge(code) {
    const { words, study, root } = this.page;
    const answer = await pickCode(root, study, words, { title: words("code.merge.into", { code: study.label(code) }), fresh: false });
    if (answer?.code && answer.code !== code) this.send({ action: "merge", code, into: answer.code });
  }

  // A walk through the codings of the code: each goes to one of the new codes, or stays.
  async do_split(code) {
    const { words, study, transport, root } = this.page;
    const named = await this.ask("code.split", [{ name: "labels", label: `${words("code.split.into")} ${words("field.lines")}`, long: true }]);
    const labels = (named?.labels || "").split("\n").map((line) => line.trim()).filter(Boolean);
    if (!labels.length) return;
    const found = await transport.read("reading", { code, subtree: "false", group: "none" });
    const fragments = found.groups.flatMap((group) => group.fragments);
    const codings = fragments.length ? await askWalk(root, words, fragments, labels) : {};
    if (codings) this.send({ action: "split", code, into: labels.map((label) => ({ label })), codings });
  }

  do_pin(code) {
    const { page } = this;
    const pins = page.study.pins || [];
    const next = pins.includes(code) ? pins.filter((id) => id !== code) : [...pins, code].slice(-9);
    page.study.pins = next;
    page.send({ op: "pin", body: { codes: next } });
    page.say(page.words(next.includes(code) ? "say.pinned" : "say.unpinned", { code: page.study.label(code) }));
  }

  async do_delete(code) {
    const { words, study } = this.page;
    const answer = await this.ask("code.delete", [], { said: words("code.delete.sure", { code: study.label(code) }), confirm: "code.delete" });
    if (answer) this.send({ action: "delete", code });
  }
}
