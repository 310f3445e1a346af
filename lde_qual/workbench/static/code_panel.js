// What is known of the code that is active in the tree, and what can be done with it.

import { make, button } from "./dom.js";

const WORK = ["add", "label", "describe", "move", "merge", "split", "pin", "delete"];
const TOLD = ["include", "exclude", "examples", "keywords"];
// As they work in the tree.
const TREE_KEYS = { add: "Insert", label: "F2", describe: "e", move: "Alt+ArrowRight", pin: "p", delete: "Delete" };

export function codePanel({ study, words, tree, act }) {
  const code = study.byId.get(tree.active);
  if (!code) return make("p", { class: "hint" }, words("tree.empty"));
  const list = (name) => make("div", {}, make("h3", {}, words(`code.${name}`)), make("ul", {}, ...code[name].map((item) => make("li", {}, item))));
  const pinned = (study.pins || []).indexOf(code.id) + 1;
  const work = WORK.map((name) => button(
    name === "pin" && pinned ? words("code.unpin", { digit: pinned }) : words(`code.${name}`), () => act.codework(name, code.id),
    { "data-again": `code-${name}`, "aria-keyshortcuts": TREE_KEYS[name] },
  ));
  return [
    make("h2", {}, study.path(code.id)), make("p", {}, words("tree.counts", code)),
    make("p", {}, code.definition || words("code.undefined")),
    code.changed?.before ? make("p", { class: "warn" }, words("code.changed", { before: code.changed.before, at: day(code.changed.at, study.lang) })) : null,
    button(words("code.read"), () => act.read(code.id), { class: "main", "data-again": "code-read" }),
    tree.chosen.size > 1 ? make("p", { class: "hint" }, words("code.several", { count: tree.chosen.size })) : null,
    study.read_only ? null : make("div", { class: "buttons" }, ...work),
    ...TOLD.filter((name) => code[name]?.length).map(list),
  ];
}

function day(at, lang) {
  return new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(new Date(at));
}
