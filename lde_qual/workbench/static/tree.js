// The code tree: counts, search, and moving about in it by keyboard (the tree pattern of ARIA).

import { make, button, active } from "./dom.js";
import { plain } from "./study.js";

export class Tree {
  // on: open(id), pick(id), work(), key(event, id)
  constructor(study, words, painter, on) {
    Object.assign(this, { study, words, painter, on });
    this.closed = new Set();
    this.active = "";
    this.chosen = new Set();
    this.search = make("input", {
      type: "search", class: "tree-search", "aria-label": words("tree.search"), placeholder: words("tree.search"),
      oninput: () => this.draw(),
      onkeydown: (event) => {
        if (event.key === "ArrowDown") { event.preventDefault(); this.focus(this.rows[0]); }
        if (event.key === "Enter" && this.rows.length) { event.preventDefault(); this.focus(this.found() || this.rows[0]); }
        // The field empties itself at Escape, but says so to nobody once the focus has left it.
        if (event.key === "Escape" && this.search.value) { event.preventDefault(); this.search.value = ""; this.draw(); }
      },
    });
    this.list = make("ul", { role: "tree", class: "tree", "aria-label": words("tree.label"), "aria-multiselectable": "true" });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.click(event));
    this.list.addEventListener("dblclick", (event) => {
      const item = event.target.closest("[data-code]");
      if (item) this.on.open(item.dataset.code);
    });
    // The right button, or the key for it, shows what can be done with a code.
    this.list.addEventListener("contextmenu", (event) => {
      const id = event.target.closest("[data-code]")?.dataset.code;
      if (!id) return;
      event.preventDefault();
      event.stopPropagation();
      this.focus(id, this.chosen.has(id) ? this.chosen : []);
      this.on.work();
    });
    this.empty = make("p", { class: "hint" });
    this.every = button(words("reading.all"), () => this.on.open(""), { class: "every" });
    this.root = make("div", { class: "tree-box" }, this.search, this.every, this.list, this.empty);
  }

  draw() {
    const typed = plain(this.search.value.trim());
    const held = this.list.contains(active(this.list));
    const before = this.rows || [];
    this.rows = [];
    const wanted = new Set();
    if (typed) {
      for (const id of this.study.matching(typed)) {
        for (let code = this.study.byId.get(id); code; code = this.study.byId.get(code.parent)) wanted.add(code.id);
      }
    }
    const branch = (parent, level) => (this.study.children.get(parent) || [])
      .filter((id) => !typed || wanted.has(id))
      .map((id) => this.item(id, level, branch, Boolean(typed)));
    this.list.replaceChildren(...branch("", 1));
    if (!this.rows.includes(this.active)) this.active = this.beside(before);
    this.keep([...this.chosen].filter((id) => this.rows.includes(id)));
    const item = this.element(this.active);
    if (item) item.tabIndex = 0;
    if (held) item?.focus({ preventScroll: true });
    this.list.hidden = !this.rows.length;
    this.empty.textContent = this.rows.length ? "" : this.words(typed ? "tree.nothing" : "tree.empty");
  }

  // What fits best with what is searched for; the codes above it are only shown with it.
  found() {
    const typed = this.search.value.trim();
    return typed ? this.study.matching(typed)[0] : "";
  }

  // Who was active and is gone hands it to the code that stood before it.
  beside(before) {
    const above = before.slice(0, Math.max(0, before.indexOf(this.active))).reverse();
    return above.find((id) => this.rows.includes(id)) || this.rows[0] || "";
  }

  // Bring a code into view that was just made, or that something went to.
  show(id) {
    const { parent } = this.study.byId.get(id) || {};
    for (let code = this.study.byId.get(parent); code; code = this.study.byId.get(code.parent)) this.closed.delete(code.id);
    this.draw();
    this.element(id)?.scrollIntoView({ block: "nearest" });
  }

  item(id, level, branch, open) {
    const code = this.study.byId.get(id);
    this.rows.push(id);
    const children = this.study.children.get(id) || [];
    const expanded = open || !this.closed.has(id);
    const below = children.length && expanded ? branch(id, level + 1) : [];
    const holds = open ? below.length : children.length;
    const said = this.words("tree.counts", { respondents: code.respondents, fragments: code.fragments });
    return make(
      "li",
      {
        role: "treeitem", tabindex: "-1", "data-code": id, "aria-level": level, "aria-selected": String(this.selected().includes(id)),
        "aria-expanded": holds ? String(expanded) : null, "aria-label": `${code.label}, ${said}`,
      },
      make("div", { class: "row", title: code.definition || code.label, draggable: "true" },
        make("span", { class: holds ? "twist" : "twist none", "aria-hidden": "true" }, holds ? (expanded ? "▾" : "▸") : ""),
        this.painter.swatch(id),
        make("span", { class: "name" }, code.shown || code.label),
        make("span", { class: "counts", title: said, "aria-hidden": "true" }, `${code.respondents} · ${code.fragments}`)),
      below.length ? make("ul", { role: "group" }, ...below) : null,
    );
  }

  element(id) {
    return id ? this.list.querySelector(`[data-code="${CSS.escape(id)}"]`) : null;
  }

  // Counts change often: only their text is written.
  counts(codes) {
    for (const [id, [respondents, fragments, own]] of Object.entries(codes)) {
      const code = this.study.byId.get(id);
      const item = this.element(id);
      if (!code) continue;
      Object.assign(code, { respondents, fragments, own });
      if (!item) continue;
      const said = this.words("tree.counts", { respondents, fragments });
      item.setAttribute("aria-label", `${code.label}, ${said}`);
      const shown = item.querySelector(":scope > .row > .counts");
      shown.textContent = `${respondents} · ${fragments}`;
      shown.title = said;
    }
  }

  // What a step about codes is about: those chosen together, else the one that has the focus.
  selected() {
    return this.chosen.size ? this.rows.filter((id) => this.chosen.has(id)) : [this.active].filter(Boolean);
  }

  // Choose codes together; none is the one that has the focus.
  keep(ids) {
    this.chosen = new Set(ids);
    const selected = new Set(this.selected());
    for (const id of this.rows) this.element(id)?.setAttribute("aria-selected", String(selected.has(id)));
  }

  // together: the codes that stay chosen with it.
  focus(id, together = []) {
    const item = this.point(id, together);
    if (!item) return;
    item.focus();
    this.on.pick(id);
  }

  // Make a code the active one, and leave the focus where it is.
  point(id, together = []) {
    const item = this.element(id);
    if (!item) return null;
    const before = this.element(this.active);
    if (before) before.tabIndex = -1;
    this.active = id;
    this.keep(together);
    item.tabIndex = 0;
    item.querySelector(".row").scrollIntoView({ block: "nearest" });
    return item;
  }

  // One code more, or one less, beside those that are chosen.
  flip(id) {
    const held = new Set(this.selected());
    this.from = id;
    if (held.has(id) && held.size > 1) held.delete(id);
    else held.add(id);
    this.focus(id, held);
  }

  // All codes from where choosing began up to this one.
  stretch(id) {
    this.from = this.chosen.size && this.rows.includes(this.from) ? this.from : this.active;
    const [low, high] = [this.rows.indexOf(this.from), this.rows.indexOf(id)].sort((a, b) => a - b);
    this.focus(id, this.rows.slice(low, high + 1));
  }

  unfold(id) {
    if (this.closed.delete(id)) this.draw();
  }

  // "true", "false", or null for a code below which nothing is shown; while one searches all that is found stays open.
  expanded(id) {
    return this.element(id).getAttribute("aria-expanded");
  }

  closes(id) {
    return this.expanded(id) === "true" && !this.search.value.trim();
  }

  toggle(id, open) {
    if (open) this.closed.delete(id);
    else this.closed.add(id);
    this.draw();
    this.focus(id);
  }

  click(event) {
    const item = event.target.closest("[data-code]");
    if (!item) return;
    const id = item.dataset.code;
    if (event.target.closest(".twist") && (this.closes(id) || this.expanded(id) === "false")) this.toggle(id, this.closed.has(id));
    else if (event.ctrlKey || event.metaKey) this.flip(id);
    else if (event.shiftKey) this.stretch(id);
    else this.focus(id);
  }

  // Shift and an arrow choose one more, Ctrl and an arrow only move, Ctrl and the space bar choose one beside others.
  together(event, id, at) {
    const next = this.rows[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] || 0)];
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.altKey || !next) return false;
    if (ctrl && event.key === " ") this.flip(id);
    else if (next === id) return false;
    else if (ctrl) this.focus(next, this.selected());
    else if (event.shiftKey) this.stretch(next);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  key(event) {
    // What has the focus, also where a screen reader put it there.
    const id = event.target.closest("[data-code]")?.dataset.code || this.active;
    const at = this.rows.indexOf(id);
    const children = this.study.children.get(id) || [];
    const visible = this.rows;
    if (this.together(event, id, at)) return;
    const go = (row) => { event.preventDefault(); event.stopPropagation(); if (row) this.focus(row); };
    if (event.altKey || event.ctrlKey || event.metaKey) {
      this.on.key(event, id);
      return;
    }
    if (event.key === "ArrowDown") go(visible[at + 1]);
    else if (event.key === "ArrowUp") go(visible[at - 1]);
    else if (event.key === "Home") go(visible[0]);
    else if (event.key === "End") go(visible[visible.length - 1]);
    else if (event.key === "ArrowRight" && this.expanded(id)) {
      if (this.expanded(id) === "false") this.toggle(id, true);
      else go(children.find((each) => visible.includes(each)));
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "ArrowLeft") {
      event.preventDefault();
      event.stopPropagation();
      if (this.closes(id)) this.toggle(id, false);
      else go(this.study.byId.get(id)?.parent);
    } else if (event.key === "Enter" || event.key === " ") {
      go(null);
      this.on.open(id);
    } else this.on.key(event, id);
  }
}
