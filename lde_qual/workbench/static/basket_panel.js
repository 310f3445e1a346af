// The quote basket: quotes in the order they were put in, each with a note, leading to its passage, and copied out.

import { make, button, active } from "./dom.js";

export class BasketPanel {
  constructor(page) {
    this.page = page;
    this.words = page.words;
  }

  // What was put in order since, here, is not taken back by what was read before it.
  async read() {
    const { page } = this;
    const found = await page.fresh("basket");
    if (page.queue.waiting.some((each) => each.op === "basket")) return;
    page.basket = found;
    if (page.panels.tab === "basket" && !page.panels.body.contains(active(page.panels.body))) page.panels.draw();
  }

  // A coding of the basket that was changed or taken away is read anew.
  follow({ codings = [], gone = [] }) {
    const changed = new Set([...gone, ...codings.map((coding) => coding.id)]);
    if ((this.page.basket.items || []).some((item) => changed.has(item.coding))) this.read();
  }

  draw() {
    const { words } = this;
    const { act } = this.page;
    const items = this.page.basket?.items || [];
    if (!items.length) return [make("p", { class: "hint" }, words("basket.empty"))];
    return [
      make("div", { class: "buttons" }, button(words("basket.copy"), () => act.basketCopy(false), { class: "main" }), button(words("basket.rows"), () => act.basketCopy(true))),
      make("p", { class: "hint" }, words("basket.count", { count: items.length })),
      make("ol", { class: "plain" }, ...items.map((item, index) => this.item(item, index, items.length - 1))),
    ];
  }

  item({ fragment, note }, index, last) {
    const { words } = this;
    const { act, study } = this.page;
    const label = make("label", { class: "block" }, make("span", {}, words("basket.note")), make("input", { type: "text", value: note || "", onchange: (event) => act.basketNote(index, event.target.value) }));
    // It was put in a moment ago and not read yet, or its coding was taken away since.
    const quote = fragment
      ? [make("small", { class: "hint" }, study.path(fragment.coding.code)), make("blockquote", { lang: this.words.spoken }, fragment.quote), make("p", { class: "cited" }, fragment.cited_as)]
      : [make("p", { class: "hint" }, fragment === null ? words("basket.gone") : "—")];
    return make(
      "li", { class: "card" }, ...quote, label,
      make("div", { class: "buttons" },
        button("↑", () => this.move(index, -1), { "aria-label": words("basket.up"), disabled: index === 0 }),
        button("↓", () => this.move(index, 1), { "aria-label": words("basket.down"), disabled: index === last }),
        fragment ? button(words("action.go"), () => act.go({ ...fragment, ...fragment.coding }, fragment.transcript)) : null,
        button(words("basket.out"), () => act.basketOut(index))),
    );
  }

  // The focus goes with the quote that is moved, so that it can be moved on.
  move(index, step) {
    this.page.act.basketMove(index, step);
    const [up, down] = this.page.panels.body.querySelectorAll("li")[index + step].querySelectorAll(".buttons button");
    const [wanted, other] = step < 0 ? [up, down] : [down, up];
    (wanted.disabled ? other : wanted).focus();
  }
}
