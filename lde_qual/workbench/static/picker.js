// Choosing a code by typing part of its path (the combobox pattern of ARIA), or asking for a line of text.

import { make, button, active } from "./dom.js";
import { digitOf } from "./keys.js";
import { plain } from "./study.js";

let serial = 0;

// What had the focus, or what stands in its place where it was drawn anew; keys work on from there.
function again(host, before) {
  if (before?.isConnected && before.focus) return before;
  const { code, again: same } = before?.dataset || {};
  const fragment = before?.closest?.("[data-fragment]")?.dataset.fragment;
  if (fragment) return host.querySelector(`[data-fragment="${CSS.escape(fragment)}"]`) || host;
  const found = code ? `[role=treeitem][data-code="${CSS.escape(code)}"]` : same && `[data-again="${CSS.escape(same)}"]`;
  return (found && host.querySelector(found)) || host;
}

export function dialog(host, title, ...content) {
  const before = active(host);
  serial += 1;
  const heading = make("h2", { id: `lq-dialog-${serial}` }, title);
  const box = make("dialog", { class: "box", "aria-labelledby": heading.id, tabindex: "-1" }, heading, ...content);
  host.append(box);
  box.addEventListener("keydown", (event) => event.stopPropagation());
  box.addEventListener("close", () => { box.remove(); again(host, before).focus({ preventScroll: true }); });
  box.showModal();
  return box;
}

// One Escape does not throw away what was begun: it leads to the button that keeps it, a second one lets it go.
export function keepBegun(box, sure, begun) {
  box.addEventListener("cancel", (event) => {
    if (!begun() || active(box) === sure) return;
    event.preventDefault();
    sure.focus();
  });
}

// What belongs here, what does not, and examples, of the code that Enter would choose.
function aboutCode(code, words) {
  return ["include", "exclude", "examples"].filter((name) => code[name]?.length)
    .map((name) => make("p", {}, make("b", {}, words(`code.${name}`)), ` ${code[name].join(" · ")}`));
}

const UNDER = /[>›]/g;

// The new code that what is typed would make: `traject > fiets` is one under the code that `traject` finds first. Where
// that finds none it is new too, and parent tells it as this does.
function newCode(study, typed) {
  const parts = typed.split(UNDER).map((part) => part.trim()).filter(Boolean);
  const above = parts.slice(0, -1);
  if (!parts.length || !typed.split(UNDER).pop().trim()) return null;
  return { label: parts[parts.length - 1], parent: above.length ? study.matching(above.join(" "))[0] || newCode(study, above.join(" > ")) : "" };
}

function pathOf(study, parent) {
  return parent.label ? [parent.parent && pathOf(study, parent.parent), parent.label].filter(Boolean).join(" › ") : study.path(parent);
}

// Resolves to {code}, or {label, parent} for a new code, or null. top: what the top of the tree is called, whose code is "",
// where that may be chosen; start: the code that is chosen at first.
export function pickCode(host, study, words, { title, quote = "", fresh = true, proposed = "", without = [], top = "", start = null }) {
  return new Promise((resolve) => {
    serial += 1;
    const list = make("ul", { role: "listbox", id: `lq-codes-${serial}`, class: "codes", "aria-label": words("picker.codes") });
    const input = make("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list",
      "aria-label": title, autocomplete: "off", spellcheck: "false", value: proposed,
    });
    const about = make("div", { class: "about", id: `${list.id}-about`, tabindex: "0", role: "group", "aria-label": words("picker.about") });
    const hint = make("p", { class: "hint" }, words(fresh ? "picker.hint" : "picker.hint.only"));
    let ids = [];
    let at = 0;
    let answer = null;
    // The code that does not exist yet stands last among those to choose from.
    const made = () => (fresh ? newCode(study, input.value) : null);
    const draw = () => {
      ids = study.matching(input.value.replace(UNDER, " ").trim()).filter((id) => !without.includes(id));
      if (top && plain(top).includes(plain(input.value.trim()))) ids.unshift("");
      if (start !== null && !list.children.length) at = Math.max(0, ids.indexOf(start));
      const options = ids.map((id, index) => option(id, index));
      if (made()) options.push(newOption(made()));
      at = Math.min(at, Math.max(0, options.length - 1));
      list.replaceChildren(...options);
      if (options.length) {
        options[at].setAttribute("aria-selected", "true");
        input.setAttribute("aria-activedescendant", options[at].id);
        options[at].scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
        list.replaceChildren(make("li", { class: "hint", role: "option", "aria-selected": "false" }, words(fresh ? "picker.first" : "tree.nothing")));
      }
      about.replaceChildren(...(ids[at] ? aboutCode(study.byId.get(ids[at]), words) : []));
    };
    // Why a code is found whose path does not hold what was typed.
    const heard = (id) => {
      const keywords = study.heard(id, input.value.replace(UNDER, " "));
      return keywords.length ? words("picker.heard", { keywords: keywords.join(", ") }) : "";
    };
    const newOption = ({ label, parent }) => make(
      "li", { role: "option", class: "fresh", id: `${list.id}-new`, "aria-selected": "false", onclick: () => finish(made()) },
      words(parent ? "picker.under" : "picker.new", { label, parent: parent && pathOf(study, parent) }),
    );
    const option = (id, index) => make(
      "li",
      { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", "data-code": id, onclick: () => finish({ code: id }) },
      make("span", {}, id ? study.path(id) : top),
      id ? make("small", {}, [words("tree.counts", study.byId.get(id)), heard(id), study.byId.get(id).definition].filter(Boolean).join(" — ")) : null,
    );
    const finish = (value) => { answer = value; box.close(); };
    input.addEventListener("input", () => { at = 0; draw(); });
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        event.preventDefault();
        at = Math.max(0, Math.min(list.children.length - 1, at + step));
        draw();
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (event.ctrlKey || event.metaKey || at >= ids.length) {
          if (made()) finish(made());
        } else finish({ code: ids[at] });
      }
    });
    const box = dialog(host, title, quote ? make("blockquote", { lang: words.spoken }, quote) : null, input, list, about, hint);
    box.addEventListener("close", () => resolve(answer));
    draw();
    input.focus();
    input.select();
  });
}

// Resolves to the values of the fields, or null. fields: [{name, label, value, long, options}]
export function askFields(host, words, title, fields, { said = "", quote = "", confirm = "dialog.save" } = {}) {
  return new Promise((resolve) => {
    let answer = null;
    const inputs = fields.map((field) => {
      if (field.options) {
        return make("select", {}, ...field.options.map(([value, label]) => make("option", { value, selected: value === field.value }, label)));
      }
      const given = { value: field.value || "", required: Boolean(field.required) };
      return field.long ? make("textarea", { rows: field.rows || 4, ...given }) : make("input", { type: field.type || "text", ...given });
    });
    const long = fields.some((field) => field.long);
    const sure = make("button", { type: "submit", class: "main", "aria-keyshortcuts": long ? "Control+Enter" : null }, words(confirm));
    const form = make(
      "form",
      { class: "fields", onsubmit: (event) => {
        event.preventDefault();
        answer = Object.fromEntries(fields.map((field, index) => [field.name, inputs[index].value]));
        box.close();
      } },
      said ? make("p", {}, said) : null,
      quote ? make("blockquote", { lang: words.spoken }, quote) : null,
      ...fields.map((field, index) => make("label", {}, make("span", {}, field.label), inputs[index])),
      make("div", { class: "buttons" }, sure, button(words("dialog.cancel"), () => box.close()), long ? make("span", { class: "hint" }, words("dialog.keys")) : null),
    );
    // Enter begins another line of a long text.
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
    });
    const box = dialog(host, title, form);
    box.addEventListener("close", () => resolve(answer));
    keepBegun(box, sure, () => fields.some((field, index) => field.long && inputs[index].value !== (field.value || "")));
    (inputs[0] || form.querySelector("button")).focus();
  });
}

// Resolves to one of the values, or to words of one's own, or null. choices: [[value, label]], by digit too.
export function askReason(host, words, title, choices) {
  return new Promise((resolve) => {
    let answer = null;
    const finish = (value) => { answer = value; box.close(); };
    const buttons = choices.map(([value, label], index) => button(`${index + 1} ${label}`, () => finish(value)));
    const own = make("input", { type: "text", maxlength: "2000" });
    const form = make(
      "form", { class: "fields", onsubmit: (event) => { event.preventDefault(); if (own.value.trim()) finish(own.value.trim()); } },
      make("div", { class: "buttons" }, ...buttons),
      make("label", {}, make("span", {}, words("reason.own")), own),
      make("div", { class: "buttons" }, make("button", { type: "submit", class: "main" }, words("dialog.save")), button(words("dialog.cancel"), () => box.close())),
    );
    const box = dialog(host, title, form);
    box.addEventListener("keydown", (event) => {
      const choice = choices[Number(digitOf(event)) - 1];
      if (!choice || event.target === own) return;
      event.preventDefault();
      finish(choice[0]);
    });
    box.addEventListener("close", () => resolve(answer));
    buttons[0].focus();
  });
}

// Resolves to [dimension, value], or null; each value has a digit, the one of a coding now is pressed.
export function askValue(host, words, title, dimensions, now) {
  return new Promise((resolve) => {
    let answer = null;
    const finish = (value) => { answer = value; box.close(); };
    const all = Object.entries(dimensions).flatMap(([name, values]) => values.map((value) => [name, value]));
    const one = ([name, value], at) => button(at < 9 ? `${at + 1} ${value}` : value, () => finish([name, value]), { "aria-pressed": String(now[name] === value) });
    const sets = Object.keys(dimensions).map((name) => make("fieldset", {}, make("legend", {}, name), ...all.map((each, at) => (each[0] === name ? one(each, at) : null))));
    const box = dialog(host, title, make("div", { class: "values" }, ...sets), make("p", { class: "hint" }, words("values.hint")), button(words("dialog.cancel"), () => box.close()));
    box.addEventListener("keydown", (event) => {
      const found = all[Number(digitOf(event)) - 1];
      if (!found) return;
      event.preventDefault();
      finish(found);
    });
    box.addEventListener("close", () => resolve(answer));
    (box.querySelector("[aria-pressed=true]") || box.querySelector("button")).focus();
  });
}

// parts: [[heading, [[keys, what they do]]]]
export function showSheet(host, words, title, parts) {
  const row = ([keys, text]) => make("tr", {}, make("th", { scope: "row" }, ...keys.map((key) => make("kbd", {}, key))), make("td", {}, text));
  const tables = parts.map(([heading, rows]) => make("table", { class: "sheet" }, make("caption", {}, heading), make("tbody", {}, ...rows.map(row))));
  const close = button(words("dialog.close"), () => box.close(), { class: "main" });
  const box = dialog(host, title, make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": title }, make("div", { class: "sheets" }, ...tables)), close);
  box.classList.add("wide");
  close.focus();
}
