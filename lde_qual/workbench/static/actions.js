// What a person can do to codings, memos and the basket; each is one operation, applied on the page at once.

import { newId } from "./dom.js";
import { Extend } from "./extend.js";
import { pickCode, askFields } from "./picker.js";

// The code of passages to be sorted has this id in every study, whatever its label.
const SORTING = "te-sorteren";
// Characters that a field of one line has room for.
const LONG = 50;

export class Actions {
  constructor(page) {
    this.page = page;
    this.extending = new Extend(page);
  }

  span(start, end) {
    const { data, view } = this.page;
    return { transcript: data.name, start, end, quote: view.offsets.slice(start, end), sha: data.sha };
  }

  // The coding that keys act on: the chosen one, else the only one of the turn.
  current() {
    const { view } = this.page;
    const own = (coding) => coding && !coding.other;
    const chosen = view.codings.get(view.chosen);
    if (own(chosen)) return chosen;
    const here = view.codingsIn(view.focused).filter(own);
    if (here.length === 1) return here[0];
    this.page.say(this.page.words(here.length ? "say.which" : "say.nothing"));
    return null;
  }

  code(code, values = {}) {
    const { page } = this;
    const { view, data } = page;
    if (!view.pending) return page.say(page.words("say.select"));
    const { start, end } = view.pending;
    const there = this.there(code, start, end);
    if (there) {
      view.deselect();
      view.choose(there.id);
      return page.say(page.words("say.already", { code: page.study.label(code) }));
    }
    const id = newId();
    const coding = { id: `@${id}`, coder: page.study.coder, code, start, end, dimensions: values, memo: "", memos: [], mark: "", origin: "human" };
    view.deselect();
    page.filters.keep(coding.id);
    view.put(coding);
    page.send({ id, op: "code", body: { ...this.span(start, end), code, dimensions: values } });
    page.study.used(code);
    view.choose(coding.id);
    // A word that was typed wrongly makes a code too: that it is new is said.
    page.say(page.words(code.startsWith("@") ? "say.coded.anew" : "say.coded", { code: page.study.label(code) }) + this.extending.said(coding));
    return undefined;
  }

  // One coder has one coding of the same passage and code.
  there(code, start, end) {
    return [...this.page.view.codings.values()].find((each) => !each.other && each.code === code && each.start === start && each.end === end);
  }

  // Whether a coding in the text, changed so, would be one that is there already; that is said, and nothing is changed.
  stands(coding, changes) {
    const { page } = this;
    const { code, start, end } = { ...coding, ...changes };
    const there = page.view.codings.has(coding.id) && this.there(code, start, end);
    if (there) page.say(page.words("say.already", { code: page.study.label(code) }));
    return Boolean(there);
  }

  async choose() {
    const { page } = this;
    const { pending } = page.view;
    if (!pending) return page.say(page.words("say.select"));
    const quote = page.view.offsets.slice(pending.start, pending.end);
    return this.chosen(await pickCode(page.root, page.study, page.words, { title: page.words("picker.title"), quote }));
  }

  chosen(answer) {
    if (!answer) return;
    if (answer.code) this.code(answer.code);
    else this.code(this.fresh(answer.label, answer.parent));
  }

  // A new code stands in the tree at once, under the id that its operation will give it; so does one above that is new too.
  fresh(label, above = "", then = null, named = "") {
    const { page } = this;
    const parent = above.label ? this.fresh(above.label, above.parent) : above;
    const id = newId();
    const code = { id: `@${id}`, named, parent, label, definition: "", include: [], exclude: [], examples: [], keywords: [], colour: "", respondents: 0, fragments: 0, own: 0, changed: null };
    page.study.renew({ ...page.study, codes: [...page.study.codes, code] });
    page.painter.codes(page.study.codes);
    page.tree.draw();
    page.send({ id, op: "codebook", body: { action: "add", label, parent, ...(named ? { code: named } : {}) } }, then);
    return code.id;
  }

  // A passage that is worth coding, at which code is decided later.
  sort() {
    const { study, view, words } = this.page;
    if (!view.pending) return this.page.say(words("say.select"));
    const there = study.codes.find((code) => code.id === SORTING || code.named === SORTING);
    return this.code(there ? there.id : this.fresh(words("code.sorting"), "", null, SORTING));
  }

  vivo() {
    const { page } = this;
    const { pending } = page.view;
    if (!pending) return page.say(page.words("say.select"));
    const proposed = page.view.offsets.slice(pending.start, pending.end).replace(/\s+/g, " ").slice(0, 60);
    return askFields(page.root, page.words, page.words("vivo.title"), [{ name: "label", label: page.words("field.label"), value: proposed }])
      .then((answer) => { if (answer?.label.trim()) this.code(this.fresh(answer.label.trim())); });
  }

  change(coding, changes) {
    const { view } = this.page;
    const changed = { ...coding, ...changes };
    this.page.reading.change(coding.id, changes);
    this.page.filters.keep(coding.id);
    if (view.codings.has(coding.id)) {
      view.put(changed);
      if (view.chosen === coding.id) view.choose(coding.id);
    }
    return changed;
  }

  // said: its words, where they stand in no transcript that is open.
  async recode(coding, said = "") {
    const { page } = this;
    const quote = said || (page.view.codings.has(coding.id) ? page.view.offsets.slice(coding.start, coding.end) : "");
    const answer = await pickCode(page.root, page.study, page.words, { title: page.words("picker.recode"), quote });
    if (!answer) return;
    if (answer.code && this.stands(coding, { code: answer.code })) return;
    const code = answer.code || this.fresh(answer.label, answer.parent);
    this.change(coding, { code });
    page.send({ op: "revise", body: { coding: coding.id, code } });
    page.say(page.words("say.recoded", { code: page.study.label(code) }));
  }

  uncode(coding) {
    const { page } = this;
    page.view.unchoose();
    page.view.take(coding.id);
    page.reading.drop(coding.id);
    page.send({ op: "uncode", body: { coding: coding.id } });
    page.say(page.words("say.uncoded", { code: page.study.label(coding.code) }));
    page.panels.refresh();
  }

  bounds(coding, start, end) {
    if (start >= end || this.stands(coding, { start, end })) return;
    this.change(coding, { start, end });
    this.page.send({ op: "revise", body: { coding: coding.id, ...this.span(start, end) } });
    const words = this.page.view.offsets.slice(start, end).split(/\s+/);
    this.page.say(this.page.words("say.bounds", { first: words.slice(0, 3).join(" "), last: words.slice(-3).join(" ") }));
  }

  // What stands nowhere for certain is put where the words that are selected stand.
  settle({ coding, note, text }) {
    const { page } = this;
    const { pending } = page.view;
    if (!pending) return page.say(page.words("say.select"));
    const place = this.span(pending.start, pending.end);
    page.view.deselect();
    if (coding) return this.settled({ op: "revise", body: { coding: coding.id, ...place } });
    return this.settled({ op: "note", body: { note, ...place, text } });
  }

  unsettle({ coding, note }) {
    this.settled(coding ? { op: "uncode", body: { coding: coding.id } } : { op: "note", body: { note, text: "" } });
  }

  settled(operation) {
    this.page.send(operation, () => this.page.reopen().then(() => this.page.panels.draw()));
  }

  value(coding, name, value) {
    const dimensions = { ...coding.dimensions, [name]: value };
    this.change(coding, { dimensions });
    this.page.send({ op: "revise", body: { coding: coding.id, dimensions: { [name]: value } } });
    this.page.say(this.page.words("say.value", { name, value: value || "—" }));
    this.page.panels.draw();
  }

  direction(coding) {
    const [[name, values] = []] = Object.entries(this.page.study.dimensions);
    if (!name) return this.page.say(this.page.words("say.nodimensions"));
    const cycle = ["", ...values];
    const at = cycle.indexOf(coding.dimensions[name] || "");
    return this.value(coding, name, cycle[(at + 1) % cycle.length]);
  }

  mark(coding, mark) {
    this.change(coding, { mark });
    this.page.send({ op: "mark", body: { coding: coding.id, mark } });
    this.page.say(this.page.words("say.mark", { mark: mark ? this.page.words(`mark.${mark}`) : "—" }));
    this.page.panels.draw();
  }

  memoText(id, memo, then) {
    const coding = this.page.view.codings.get(id);
    if (coding) this.page.view.codings.set(id, { ...coding, memo });
    this.page.filters.keep(id);
    this.page.send({ op: "revise", body: { coding: id, memo } }, then);
  }

  async memo(coding, said = "") {
    const answer = await askFields(this.page.root, this.page.words, this.page.words("memo.coding"), [
      { name: "memo", label: this.page.study.path(coding.code), value: coding.memo, long: true },
    ], { quote: said });
    if (!answer) return;
    this.change(coding, { memo: answer.memo });
    this.page.send({ op: "revise", body: { coding: coding.id, memo: answer.memo } });
    this.page.say(this.page.words("say.memo"));
  }

  memoAbout(subject, about, text, then) {
    const { page } = this;
    const rest = (page.memos || []).filter((memo) => memo.subject !== subject || memo.about !== about || memo.kind !== "content");
    page.memos = [...rest, { subject, about, kind: "content", text }];
    page.send({ op: "memo", body: { subject, about, kind: "content", text } }, then);
  }

  async note() {
    const { page } = this;
    const { pending } = page.view;
    if (!pending) return page.say(page.words("say.select"));
    const answer = await askFields(page.root, page.words, page.words("note.title"), [{ name: "text", label: page.words("memo.notes"), long: true }]);
    if (!answer?.text.trim()) return undefined;
    page.view.deselect();
    page.say(page.words("say.noted"));
    return page.send({ op: "note", body: { ...this.span(pending.start, pending.end), text: answer.text } });
  }

  async editNote(note) {
    const answer = await askFields(this.page.root, this.page.words, this.page.words("note.title"), [
      { name: "text", label: this.page.words("note.empty"), value: note.text, long: true },
    ]);
    if (answer) this.page.send({ op: "note", body: { note: note.id, text: answer.text } });
  }

  async correct() {
    const { page } = this;
    const { pending } = page.view;
    if (!pending) return page.say(page.words("say.select"));
    const place = this.span(pending.start, pending.end);
    // A field of one line would take the line breaks out unasked.
    if (place.quote.includes("\n")) return page.say(page.words("say.oneline"));
    const answer = await askFields(page.root, page.words, page.words("correct.title"), [{ name: "text", label: page.words("correct.text"), value: place.quote, long: place.quote.length > LONG }]);
    const text = answer?.text.replace(/\n/g, " ");
    if (!answer || text === place.quote) return undefined;
    page.view.deselect();
    return page.send({ op: "edit", body: { ...place, text } }, () => page.say(page.words("say.corrected")));
  }

  basketItems() {
    return (this.page.basket?.items || []).map(({ coding, note }) => ({ coding, note: note || "" }));
  }

  setBasket(items) {
    const known = new Map((this.page.basket?.items || []).map((item) => [item.coding, item]));
    this.page.basket = { ...this.page.basket, items: items.map((item) => ({ ...known.get(item.coding), ...item })) };
    this.page.send({ op: "basket", body: { items } });
    if (this.page.panels.tab === "basket") this.page.panels.draw();
  }

  basket(coding) {
    const items = this.basketItems();
    if (items.some((item) => item.coding === coding.id)) return this.page.say(this.page.words("say.inbasket"));
    this.setBasket([...items, { coding: coding.id, note: "" }]);
    return this.page.say(this.page.words("say.basket"));
  }

  basketMove(index, step) {
    const items = this.basketItems();
    const [item] = items.splice(index, 1);
    items.splice(index + step, 0, item);
    this.setBasket(items);
  }

  basketNote(index, note) {
    this.setBasket(this.basketItems().map((item, at) => (at === index ? { ...item, note } : item)));
  }

  basketOut(index) {
    this.setBasket(this.basketItems().filter((_, at) => at !== index));
  }

  async basketCopy(table) {
    const { page } = this;
    const basket = await page.transport.read("basket");
    const text = table ? basket.rows : basket.markdown;
    const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (table) parts["text/html"] = new Blob([basket.html], { type: "text/html" });
    try {
      // Over plain http from another machine there is no clipboard, and a browser may forbid it.
      if (!navigator.clipboard) throw new DOMException("", "NotAllowedError");
      await navigator.clipboard.write([new ClipboardItem(parts)]);
      page.say(page.words("say.copied"));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      await askFields(page.root, page.words, page.words("basket.by.hand"), [{ name: "text", label: page.words("basket.by.hand.how"), value: text, long: true }], { confirm: "dialog.close" });
    }
  }

  // Every passage of a query at one code: one operation, and one undo.
  async codeAll(query, count) {
    const { page } = this;
    const answer = await pickCode(page.root, page.study, page.words, { title: page.words("query.code", { count }), quote: query });
    if (!answer) return;
    const code = answer.code || this.fresh(answer.label, answer.parent);
    const label = page.study.label(code);
    page.send({ op: "query", body: { query, code } }, (done) => page.say(page.words("query.coded", { count: done.codings.length, code: label })));
  }

  search(q, lemma) {
    return this.page.transport.read("search", { q, lemma: String(lemma) });
  }

  // sentence: words that were found are shown in their sentence, which is what one codes.
  async go(place, transcript, { sentence = false } = {}) {
    const { page } = this;
    page.back();
    if (page.data?.name !== transcript) await page.openTranscript(transcript);
    page.view.reveal(place.start, false);
    if (place.code) page.filters.keep(place.id);
    if (place.code) page.view.choose(place.id);
    else {
      const around = sentence && (page.data.sentences || []).find(([start, end]) => start <= place.start && place.start < end);
      page.view.select(around ? around[0] : place.start, around ? Math.max(around[1], place.end) : place.end);
    }
    page.view.paintAll("found", sentence ? [place] : []);
    page.view.focus(page.view.focused);
  }

  back() {
    this.page.back();
  }

  read(code) {
    return this.page.read(code);
  }

  codework(name, code) {
    return this.page.codework.run(name, code);
  }
}
