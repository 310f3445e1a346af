// Codings of one code that overlap: said, and made one when a person asks for it, never unasked.

import { make, keyed } from "./dom.js";

const LAST = "\uffff";

export class Extend {
  constructor(page) {
    this.page = page;
  }

  // One's own codings of the same code that hang together with this one, the one that was made first before the others.
  together(coding) {
    if (coding.other) return [];
    const alike = [...this.page.view.codings.values()].filter((each) => !each.other && each.code === coding.code);
    const found = new Set([coding]);
    // What is found grows while it is gone through, until nothing more overlaps with any of it.
    for (const held of found) for (const each of alike) if (each.id !== coding.id && each.start < held.end && held.start < each.end) found.add(each);
    // One that is not acknowledged yet was made last.
    const made = (each) => `${each.at || LAST} ${each.id}`;
    return [...found].sort((a, b) => (made(a) < made(b) ? -1 : 1));
  }

  union(found) {
    return { start: Math.min(...found.map((each) => each.start)), end: Math.max(...found.map((each) => each.end)) };
  }

  // What is told where a passage was just coded.
  said(coding) {
    const others = this.together(coding).length - 1;
    return others > 0 ? ` · ${this.offer(others)} ${this.page.words("extend.key")}` : "";
  }

  offer(count) {
    return this.page.words("extend.others", { count });
  }

  // Where the values differ one of them is let go, which is told before.
  differing(found) {
    return Object.keys(this.page.study.dimensions).flatMap((name) => {
      const values = [...new Set(found.map((each) => each.dimensions[name]).filter(Boolean))];
      return values.length > 1 ? [this.page.words("extend.differs", { name, values: values.join(", "), kept: values[0] })] : [];
    });
  }

  // On the card of the coding in hand.
  card(coding) {
    const { words } = this.page;
    const found = this.together(coding);
    if (found.length < 2) return null;
    const told = [this.offer(found.length - 1), ...this.differing(found)];
    if (found.filter((each) => each.memo).length > 1) told.push(words("extend.memos"));
    return make("div", { class: "extend" }, make("p", { class: "hint warn" }, told.join(" ")),
      keyed(words("extend.do"), "x", () => this.extend(coding)));
  }

  extend(coding) {
    const { page } = this;
    const found = this.together(coding);
    if (found.length < 2) return page.say(page.words("extend.none"));
    const [kept, ...others] = found;
    const { start, end } = this.union(found);
    for (const each of others) page.view.take(each.id);
    page.act.change(kept, { start, end });
    page.send({ op: "extend", body: { codings: found.map((each) => each.id), ...page.act.span(start, end) } });
    page.view.choose(kept.id);
    return page.say(page.words("extend.done", { count: found.length, code: page.study.label(kept.code) }));
  }
}
