// A walk through the fragments of a code that is split: each goes to one of the new codes, or stays.

import { make, button } from "./dom.js";
import { digitOf } from "./keys.js";
import { dialog, keepBegun } from "./picker.js";
import { saidIn } from "./fragments.js";

// Resolves to the number of a label by the id of a coding, or null. Back and on as one likes, until it is said to be done.
export function askWalk(host, words, title, fragments, labels) {
  return new Promise((resolve) => {
    const chosen = {};
    let at = 0;
    let answer = null;
    const heading = make("p", { role: "status" });
    const said = make("div", { class: "walk" });
    const given = make("p", { class: "hint", role: "status" });
    const choices = [words("code.split.stay"), ...labels].map((label, index) => button(`${index} ${label}`, () => choose(index - 1)));
    const back = button(words("dialog.back"), () => go(-1));
    const next = button(words("dialog.next"), () => go(1));
    const done = button(words("code.split.done"), () => { answer = chosen; box.close(); }, { class: "main" });

    const draw = () => {
      const fragment = fragments[at];
      const to = chosen[fragment.coding.id] ?? -1;
      heading.textContent = words("code.split.step", { number: at + 1, total: fragments.length });
      said.replaceChildren(
        make("p", { class: "question", lang: words.spoken }, fragment.question || ""),
        make("blockquote", { lang: words.spoken }, ...saidIn(fragment)),
        make("p", { class: "cited" }, fragment.cited_as),
      );
      choices.forEach((each, index) => each.setAttribute("aria-pressed", String(index - 1 === to)));
      given.textContent = words("code.split.given", { count: Object.keys(chosen).length, total: fragments.length });
      back.disabled = at === 0;
      next.disabled = at === fragments.length - 1;
    };
    const go = (step) => {
      at = Math.max(0, Math.min(fragments.length - 1, at + step));
      draw();
    };
    const choose = (label) => {
      const { id } = fragments[at].coding;
      if (label < 0) delete chosen[id];
      else chosen[id] = label;
      if (at < fragments.length - 1) go(1);
      else { draw(); done.focus(); }
    };

    const buttons = make("div", { class: "buttons" }, back, next, done, button(words("dialog.cancel"), () => box.close()));
    const box = dialog(host, title, heading, said, make("div", { class: "buttons", role: "group", "aria-label": words("code.split.to") }, ...choices), given, make("p", { class: "hint" }, words("code.split.hint")), buttons);
    box.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const digit = digitOf(event) ? Number(digitOf(event)) : choices.length;
      if (event.ctrlKey || event.altKey || event.metaKey || !(step || digit < choices.length)) return;
      event.preventDefault();
      if (step) go(step);
      else choose(digit - 1);
    });
    keepBegun(box, done, () => Object.keys(chosen).length > 0);
    box.addEventListener("close", () => resolve(answer));
    draw();
    choices[0].focus();
  });
}
