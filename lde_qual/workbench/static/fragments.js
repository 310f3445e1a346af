// The fragments that are read: each with its question and citation, and what can be done with it by mouse and by key.

import { make, button, idle, active } from "./dom.js";
import { actionOf, typing } from "./keys.js";

// Keys that act on the coding in hand, here as in the transcript; and those that act on its words.
const ON_CODING = ["direction", "values", "recode", "uncode", "memo", "mark", "basket"];
const ON_WORDS = { choose: "code", note: "note" };
const SHOWN = { go: "Enter", recode: "e", memo: "m", basket: "b", out: "u", also: "c", choose: "c", note: "n" };
const FAR = 10;
const AT_ONCE = 60;

// Put elements into one, and move none that stands right already: what has the focus would lose it.
function settle(parent, elements) {
  const wanted = new Set(elements);
  for (const each of [...parent.children]) if (!wanted.has(each)) each.remove();
  let at = parent.firstChild;
  for (const each of elements) {
    if (each === at) at = at.nextSibling;
    else parent.insertBefore(each, at);
  }
}

// A passage over several turns says who speaks.
export function saidIn({ said, quote }) {
  if (!said.length) return [quote];
  return said.map(({ speaker, interviewer, text }) => make("p", { class: interviewer ? "asked" : null }, make("b", {}, speaker), " ", text));
}

export class Fragments {
  constructor(page) {
    const { study, words, painter, act, passages } = page;
    Object.assign(this, { page, study, words, painter, act, passages });
    this.hand = "";
    this.read = "";
    this.all = [];
    this.drawn = new Map();
    this.sections = new Map();
    this.list = make("div", { class: "fragments" });
  }

  id(fragment) {
    return fragment.coding ? fragment.coding.id : `${fragment.transcript} ${fragment.start} ${fragment.end}`;
  }

  codings(fragment) {
    return fragment.coding ? [fragment.coding] : fragment.codings;
  }

  change(found, id, changes) {
    let changed = false;
    for (const fragment of found.groups.flatMap((group) => group.fragments)) {
      const one = (coding) => {
        if (coding.id !== id) return coding;
        changed = true;
        return { ...coding, ...changes, dimensions: { ...coding.dimensions, ...changes.dimensions } };
      };
      if (fragment.coding) fragment.coding = one(fragment.coding);
      else fragment.codings = fragment.codings.map(one);
    }
    return changed;
  }

  without(found, id) {
    const all = found.groups.flatMap((group) => group.fragments);
    const gone = all.some((each) => each.coding?.id === id);
    const rest = (each) => (each.coding ? each : { ...each, codings: each.codings.filter((coding) => coding.id !== id) });
    const groups = found.groups.map((group) => ({ ...group, fragments: group.fragments.filter((each) => each.coding?.id !== id).map(rest) }));
    return { ...found, total: found.total - Number(gone), groups: groups.filter((group) => group.fragments.length) };
  }

  overlaid(found, operations) {
    for (const { op, body } of operations) {
      const { coding, code, memo, mark, dimensions } = body;
      if (op === "revise") this.change(found, coding, { ...(code && { code }), ...(memo !== undefined && { memo }), dimensions });
      if (op === "mark") this.change(found, coding, { mark });
      if (op === "uncode") found = this.without(found, coding);
    }
    return found;
  }

  // What did not change stays the element that it was, so that a step costs little among many fragments. Beyond the first
  // ones, those that are new are made when there is time.
  show(groups, count = AT_ONCE) {
    this.shown = groups;
    const before = this.drawn;
    const left = { count, over: false };
    this.drawn = new Map();
    const sections = groups.map((group) => this.section(group, before, left));
    for (const key of this.sections.keys()) if (!groups.some((group) => group.key === key)) this.sections.delete(key);
    this.all = [...this.drawn.values()];
    settle(this.list, sections);
    this.rest = left.over;
    if (left.over) idle(() => { if (this.shown === groups) this.show(groups); });
  }

  section(group, before, left) {
    if (!this.sections.has(group.key)) this.sections.set(group.key, make("section", { class: "group" }, make("h3", {})));
    const section = this.sections.get(group.key);
    const [heading] = section.children;
    heading.replaceChildren(group.label || this.words("reading.none"), " ", make("small", {}, String(group.fragments.length)));
    settle(section, [heading, ...group.fragments.map((fragment) => this.one(group, fragment, before, left)).filter(Boolean)]);
    return section;
  }

  one(group, fragment, before, left) {
    const key = `${group.key}\n${this.id(fragment)}`;
    const stamp = JSON.stringify([this.read, fragment, this.codings(fragment).map(({ code }) => [this.study.path(code), this.painter.colour(code)])]);
    const old = before.get(key);
    if (old?.stamp !== stamp && left.count <= 0) {
      left.over = true;
      return null;
    }
    if (old?.stamp !== stamp) left.count -= 1;
    const element = old?.stamp === stamp ? old.element : this.draw(fragment);
    this.drawn.set(key, { stamp, element, fragment });
    return element;
  }

  finish() {
    if (this.rest) this.show(this.shown, Infinity);
  }

  // One that can be reached by its id; where it stands under two respondents, the first.
  element(id) {
    const find = () => this.all.find((each) => this.id(each.fragment) === id)?.element;
    if (!find()) this.finish();
    return find();
  }

  // Where the focus is: in which fragment, at which of what can have it there, and how high that stands.
  held(root, here) {
    if (!root.contains(here)) return null;
    const element = here.closest(".fragment");
    const at = this.all.findIndex((each) => each.element === element);
    return { at, id: element?.dataset.fragment, which: this.places(element || root).indexOf(here), again: here.dataset.again, top: element?.getBoundingClientRect().top };
  }

  places(inside) {
    return [inside, ...inside.querySelectorAll("h2, input, select, button")];
  }

  // It stays under the eye where it goes to another group; one that left hands the focus to the one that took its place.
  hold(root, { at, id, which, again, top }) {
    // Above the fragments it is by name: other choices may have come between.
    if (at < 0) {
      const place = again ? root.querySelector(`[data-again="${CSS.escape(again)}"]`) : this.places(root)[which];
      if (place !== active(root)) (place || root.querySelector("h2")).focus({ preventScroll: true });
      return;
    }
    const there = this.all[at]?.element;
    const same = there?.dataset.fragment === id ? there : this.element(id);
    const inside = same || this.all[Math.min(at, this.all.length - 1)]?.element || root;
    const places = this.places(inside);
    const place = inside === same ? places[Math.min(which, places.length - 1)] : inside === root ? root.querySelector("h2") : inside;
    place?.focus({ preventScroll: true });
    if (inside === root) return;
    this.hand = inside.dataset.fragment;
    const off = inside.getBoundingClientRect().top - top;
    if (off) this.scroller(root).scrollTop += off;
  }

  scroller(root) {
    let box = root.parentElement;
    while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
    return box || document.scrollingElement;
  }

  lead(id, focus) {
    this.finish();
    const found = this.all.find((each) => this.codings(each.fragment).some((coding) => coding.id === id));
    if (!found) return false;
    if (focus && !found.element.contains(active(found.element))) found.element.focus({ preventScroll: true });
    found.element.scrollIntoView({ block: "nearest" });
    return true;
  }

  draw(fragment) {
    const { words } = this;
    const codings = this.codings(fragment);
    const quote = make("blockquote", { lang: words.spoken }, ...saidIn(fragment));
    const cited = fragment.cited_as || fragment.respondents.join(", ");
    const article = make(
      "article",
      {
        class: "fragment", tabindex: "0", "data-fragment": this.id(fragment), "aria-label": [cited, ...codings.map(({ code }) => this.study.path(code))].join(", "),
        onfocusin: () => { this.hand = this.id(fragment); },
      },
      fragment.question ? make("p", { class: "question", lang: words.spoken }, fragment.question) : null,
      quote,
      make("p", { class: "cited" }, cited, fragment.time ? ` · ${fragment.time}` : "", ...(fragment.coding ? [" · ", this.coded(fragment.coding)] : [])),
      ...(fragment.notes || []).map((text) => make("p", { class: "memo" }, make("b", {}, words("note.title")), " ", text)),
      ...codings.map((coding) => this.coding(fragment, coding)),
      make("div", { class: "buttons quiet" }, ...(codings.length ? [] : [this.button("go", () => this.go(fragment))]), ...(fragment.coding ? [] : this.ofWords(fragment))),
    );
    return article;
  }

  // A code below the one that is read is named from there on.
  path(code) {
    if (code === this.read) return this.study.label(code);
    const whole = this.study.path(code);
    const above = this.read ? `${this.study.path(this.read)} › ` : "";
    return above && whole.startsWith(above) ? whole.slice(above.length) : whole;
  }

  coded({ code }) {
    return make("span", { title: this.study.path(code) }, this.painter.swatch(code), "\u00a0", this.path(code));
  }

  coding(fragment, coding) {
    const { study, words } = this;
    const pressed = (label, is, action) => button(label, action, { "aria-pressed": String(is) });
    const set = (legend, ...each) => make("fieldset", { title: legend }, make("legend", { class: "unseen" }, legend), ...each);
    const values = Object.entries(study.dimensions).map(([name, options]) => set(name, ...options.map((value) => pressed(
      value, coding.dimensions[name] === value, () => this.act.value(coding, name, coding.dimensions[name] === value ? "" : value),
    ))));
    const marks = study.marks.map((mark) => pressed(words(`mark.${mark}`), coding.mark === mark, () => this.act.mark(coding, coding.mark === mark ? "" : mark)));
    const act = (name) => this.button(name, () => this.do(name, fragment, coding));
    return make(
      "div", { class: "on", "data-on": coding.id },
      fragment.coding ? null : make("p", { class: "cited" }, this.coded(coding)),
      coding.memo ? make("p", { class: "memo" }, make("b", {}, words("action.memo")), " ", coding.memo) : null,
      make("div", { class: "values quiet" }, ...values, set(words("filter.mark"), ...marks)),
      make("div", { class: "buttons quiet" }, this.button("go", () => this.go(fragment, coding)), act("recode"), act("memo"),
        ...(fragment.coding ? this.ofWords(fragment) : []), act("basket"), this.button("out", () => this.act.uncode(coding))),
    );
  }

  // The key that does the same stands in the hint of a button.
  button(name, action) {
    return button(this.words(`action.${name}`), action, { title: SHOWN[name], "aria-keyshortcuts": SHOWN[name] });
  }

  ofWords(fragment) {
    return [
      this.button(this.codings(fragment).length ? "also" : "choose", () => this.passages.code(fragment)),
      this.button("note", () => this.passages.note(fragment)),
    ];
  }

  go(fragment, coding) {
    const { start, end, transcript } = fragment;
    return this.act.go(coding || { start, end }, transcript);
  }

  do(name, fragment, coding, event = null) {
    const mark = this.study.marks[event?.key === "y" ? 0 : 1];
    if (name === "mark") return this.act.mark(coding, coding.mark === mark ? "" : mark);
    if (name === "values") return this.passages.values(coding);
    return this.act[name](coding, fragment.quote);
  }

  key(event) {
    if (typing(event.target) || event.defaultPrevented) return;
    const element = event.target.closest(".fragment");
    const at = this.all.findIndex((each) => each.element === element);
    const action = event.key === "Enter" && event.target === element ? "go" : actionOf(event);
    if (!this.done(action, event, at)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  done(action, event, at) {
    if (action === "turn" || action === "far") {
      const by = ["ArrowDown", "PageDown"].includes(event.key) ? 1 : -1;
      this.step(at + by * (action === "far" && at >= 0 ? FAR : 1));
      return true;
    }
    const fragment = this.all[at]?.fragment;
    if (!fragment) return false;
    const codings = this.codings(fragment);
    const row = event.target.closest("[data-on]")?.dataset.on;
    const coding = codings.find((each) => each.id === row) || (codings.length === 1 ? codings[0] : null);
    if (action in ON_WORDS) this.passages[ON_WORDS[action]](fragment);
    else if (action === "go") this.go(fragment, coding);
    else if (action === "next") this.next(this.all[at].element, codings.findIndex((each) => each.id === row));
    else if (!ON_CODING.includes(action)) return false;
    else if (coding) this.do(action, fragment, coding, event);
    else this.page.say(this.words(codings.length ? "say.which" : "say.nothing"));
    return true;
  }

  step(to) {
    if (to >= this.all.length) this.finish();
    const { element } = this.all[Math.max(0, Math.min(to, this.all.length - 1))] || {};
    element?.focus();
  }

  // The next of the codings on the words of a passage.
  next(element, at) {
    const rows = [...element.querySelectorAll("[data-on]")];
    if (rows.length) rows[(at + 1) % rows.length].querySelector("button").focus();
    else this.page.say(this.words("say.nothing"));
  }
}
