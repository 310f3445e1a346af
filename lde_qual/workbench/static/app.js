// The page: it lays out the panels, keeps what was read in step with the study, and sends what people do.

import { make, button, later, newId, active, oneAtATime } from "./dom.js";
import { Study, makeWords } from "./study.js";
import { Painter } from "./paint.js";
import { TranscriptView } from "./transcript.js";
import { Tree } from "./tree.js";
import { Queue } from "./queue.js";
import { WaitingPlace } from "./waiting.js";
import { tellFailures } from "./transport.js";
import { notices } from "./notices.js";
import { Panels } from "./panels.js";
import { Borders } from "./borders.js";
import { Reading } from "./reading.js";
import { Passages } from "./passages.js";
import { Actions } from "./actions.js";
import { Codework } from "./codework.js";
import { Dropping } from "./dropping.js";
import { Moves } from "./moves.js";
import { Filters } from "./filters.js";
import { Follower } from "./follow.js";
import { Suggestions } from "./suggestions.js";
import { actionOf, typing } from "./keys.js";
import { Banner } from "./banner.js";
import { nameStep, sayStep } from "./steps.js";

const MAKES = ["code", "accept"];

export class Page {
  constructor(element, transport, options, start) {
    // Each widget of a notebook loads these modules anew, so that no count here would tell two apart.
    this.prefix = `lq${newId().slice(0, 8)}`;
    Object.assign(this, { transport, options, data: null, memos: [], basket: { items: [] } });
    this.study = new Study(start);
    this.words = makeWords(this.study);
    this.painter = new Painter(this.prefix, element.getRootNode());
    this.painter.codes(this.study.codes);
    this.act = new Actions(this);
    this.codework = new Codework(this);
    this.moves = new Moves(this);
    this.filters = new Filters(this);
    this.view = new TranscriptView(this.painter, this.words, {
      caret: () => this.panels?.refresh(), pick: () => this.picked(), pending: () => this.picked(), reveal: () => this.back(),
      clicked: (point) => this.suggestions.at(point),
    });
    this.view.shown = (coding) => this.filters.shows(coding);
    this.suggestions = new Suggestions(this);
    this.view.more = (turn) => this.suggestions.told(turn);
    this.tree = new Tree(this.study, this.words, this.painter, {
      open: (id) => this.read(id), pick: () => { if (["code", "memos"].includes(this.panels.tab)) this.panels.draw(); },
      work: () => { this.borders.show("right"); this.panels.open("code"); }, key: (event, id) => this.treeKey(event, id),
    });
    this.panels = new Panels(this);
    this.passages = new Passages(this);
    this.reading = new Reading(this);
    this.after = new Map();
    this.queue = new Queue(transport, {
      sent: (operation, answer) => this.sent(operation, answer),
      refused: (operation, error) => this.refused(operation, error),
      state: (status) => this.banner.waiting(status),
    }, new WaitingPlace(start.place, this.prefix));
    this.recount = later(() => this.counts(), 400);
    this.reopen = oneAtATime((asked) => this.readAgain(asked));
    this.follower = new Follower(this);
    this.lay(element);
    this.dropping = new Dropping(this);
    this.deaf = tellFailures((error) => this.banner.tell(error));
    // What is being typed is kept as if its field were left.
    this.leave = () => active(this.root)?.blur();
    window.addEventListener("pagehide", this.leave);
    this.version = start.version;
    this.answered = 0;
  }

  lay(element) {
    const { words, study } = this;
    this.chooser = make("select", { "aria-label": words("transcript.choose"), title: words("transcript.choose"), onchange: (event) => this.openTranscript(event.target.value) });
    this.undo = button(words("action.undo"), () => this.moves.undo());
    this.redo = button(words("action.redo"), () => this.moves.redo());
    this.done = button("", () => this.readToEnd());
    this.banner = new Banner(this);
    this.live = make("p", { class: "status", role: "status" });
    this.compared = make("div", { class: "compared", hidden: true }, make("span", {}, words("compare.own")), make("span", { class: "theirs" }));
    this.filters.above.append(this.compared);
    this.middle = make("main", { class: "middle" }, this.filters.root, this.filters.above, this.view.root, this.reading.root);
    const left = make("div", { class: "left" }, button(words("code.add.top"), () => this.codework.do_add("")), this.tree.root);
    this.borders = new Borders(this, left, this.middle, this.panels.root);
    const coder = words("coder", { coder: study.coder });
    const bar = make(
      "header", { class: "bar" },
      make("h1", { title: study.title }, study.title), this.chooser, this.done, this.undo, this.redo, ...this.borders.buttons,
      button("?", () => this.moves.sheet(), { "aria-label": words("key.title") }), make("span", { class: "coder", title: coder }, coder),
    );
    this.root = make("div", { class: `lde-qual ${this.options.host || "page"}`, lang: study.lang, tabindex: "-1" }, bar, ...notices(study, words), this.banner.root, this.borders.root, this.live);
    this.root.addEventListener("keydown", (event) => this.key(event));
    element.replaceChildren(this.root);
    this.view.root.append(make("p", { class: "hint" }, words("transcript.none")));
    this.tree.draw();
    this.panels.draw();
    this.history(study.history);
    this.drawChooser();
  }

  drawChooser() {
    const now = this.data?.name;
    const here = this.study.transcripts.find((each) => each.name === now);
    this.chooser.replaceChildren(...this.study.transcripts.map((each) => {
      const progress = this.words(each.done ? "transcript.done" : "transcript.progress", { coded: each.coded_turns, turns: each.respondent_turns });
      return make("option", { value: each.name, selected: each.name === now }, `${each.name} — ${progress}`);
    }));
    this.done.hidden = !this.data;
    // Read to its end here, in another tab, or no longer.
    if (here) this.data.done = here.done;
    if (here) this.done.textContent = this.words(here.done ? "action.undone" : "action.done");
  }

  async openTranscript(name, found = null) {
    this.back();
    this.panels.saving?.now();
    this.wanted = name;
    // What came with the page has no other coder's work in it.
    const data = (!this.filters.now.coder && found) || await this.transport.read("transcript", { name, ...this.filters.others() });
    // Another was chosen while this one was on its way.
    if (this.wanted !== name) return;
    this.data = data;
    this.overlay();
    this.view.show(this.data);
    this.filters.open();
    this.chooser.value = name;
    this.drawChooser();
    // Where a step was is said only while one looks at something else.
    this.history(this.past);
    this.panels.draw();
    this.suggestions.open();
    if (this.data.look.length) this.tellLook();
    this.transport.keep?.(name);
  }

  readToEnd() {
    this.send({ op: this.data.done ? "undone" : "done", body: { transcript: this.data.name } });
  }

  // Other coders' codings stand beside one's own; what waits to be sent is shown as if it were there.
  overlay() {
    const others = Object.values(this.data.others || {}).flat().map((coding) => ({ ...coding, other: true }));
    const waiting = this.queue.waiting.filter((each) => MAKES.includes(each.op) && each.body.transcript === this.data.name && each.body.sha === this.data.sha)
      .map((each) => ({ ...each.body, id: `@${each.id}`, coder: this.study.coder, memo: "", memos: [], mark: "" }));
    const gone = new Set(this.queue.waiting.flatMap((each) => ({ uncode: [each.body.coding], extend: (each.body.codings || []).slice(1) })[each.op] || []));
    this.data.codings = [...this.data.codings, ...others, ...waiting].filter((coding) => !gone.has(coding.id));
  }

  async readAgain(asked) {
    const { name } = this.data;
    const fresh = await this.fresh("transcript", { name, ...this.filters.others() });
    if (!asked() && this.data.name === name) this.renew(fresh);
  }

  // Read, and once more where something was acknowledged meanwhile: it may not be in the answer.
  async fresh(name, params) {
    const { answered } = this;
    const found = await this.transport.read(name, params);
    return this.answered === answered ? found : this.fresh(name, params);
  }

  renew(fresh) {
    const { focused, chosen } = this.view;
    const held = this.view.root.contains(active(this.view.root));
    const { scrollTop } = this.middle;
    const same = fresh.sha === this.data.sha;
    const more = fresh.look.length > this.data.look.length;
    this.data = fresh;
    this.overlay();
    if (same) {
      this.view.data = this.data;
      this.view.repaint(this.data.codings);
      this.view.paintAll("noted", this.data.notes || []);
    } else {
      this.view.show(this.data);
      this.suggestions.open();
      this.view.touch(focused);
      this.middle.scrollTop = scrollTop;
      if (held) this.view.focus(focused);
    }
    if (chosen) this.view.choose(chosen);
    if (more) this.tellLook();
    this.drawChooser();
    this.filters.apply();
    this.panels.refresh();
    this.suggestions.soon();
  }

  tellLook() {
    this.say(this.words("say.look", { count: this.data.look.length }));
  }

  send(operation, then = null) {
    const whole = { id: operation.id || newId(), op: operation.op, body: operation.body };
    if (then) this.after.set(whole.id, then);
    this.queue.push(whole);
    this.banner.more();
    return whole.id;
  }

  sent(operation, answer) {
    this.answered += 1;
    // What somebody else wrote in the meantime is still to be asked for.
    if (!answer.since || answer.since === this.version) this.version = answer.version;
    const temporary = `@${operation.id}`;
    this.filters.renamed(temporary, answer.id);
    if (MAKES.includes(operation.op) && this.view.codings.has(temporary)) {
      const made = (answer.codings || []).find((coding) => coding.id === answer.id && !this.queue.touches(coding.id));
      this.view.rename(temporary, answer.id, { ...this.view.codings.get(temporary), ...made, id: answer.id });
    }
    for (const coding of answer.codings || []) {
      if (this.data && coding.transcript === this.data.name && !this.queue.touches(coding.id)) this.view.put(coding);
    }
    for (const id of answer.gone || []) this.view.take(id);
    this.panels.basket.follow(answer);
    if (answer.history) this.history(answer.history);
    if (operation.op === "undo" || operation.op === "redo") this.say(sayStep(this, operation.op, answer.did));
    const then = this.after.get(operation.id);
    if (then) { this.after.delete(operation.id); then(answer); }
    this.reread(answer.reread || []);
    this.panels.refresh();
    this.filters.apply();
    this.recount();
    this.suggestions.soon();
    if (["undo", "redo"].includes(operation.op)) this.reading.lead(answer.codings);
    this.reading.load();
  }

  async reread(what) {
    if (what.some((each) => ["codebook", "pins", "transcripts"].includes(each))) await this.restart();
    if (this.data && (what.includes(`transcript:${this.data.name}`) || what.includes("notes"))) await this.reopen();
    if (what.includes("memos")) await this.panels.readMemos();
    if (what.includes("basket")) await this.readBasket();
  }

  readBasket() {
    return this.panels.basket.read();
  }

  async restart() {
    this.study.renew(await this.transport.read("start"));
    // What bears a code that was made a moment ago was painted in no colour yet.
    if (this.painter.codes(this.study.codes) && this.data) this.view.repaint([...this.view.codings.values()]);
    this.tree.draw();
    this.filters.draw();
    this.history(this.study.history);
    this.drawChooser();
    this.panels.refresh();
    this.reading.load();
  }

  // What was refused is rolled back by reading again what is so, and said with the way out.
  async refused(operation, error) {
    this.banner.refused(error, operation);
    this.after.delete(operation.id);
    this.suggestions.decided.clear();
    await this.follower.catchUp();
  }

  alert(text) {
    this.banner.say(text);
  }

  history({ undo = null, redo = null } = {}) {
    this.past = { undo, redo };
    for (const [name, step] of Object.entries({ undo, redo })) {
      this[name].disabled = !step;
      this[name].title = step ? nameStep(this, step) : "";
    }
  }

  say(text) {
    this.live.textContent = text;
  }

  picked() {
    if (this.panels.tab === "coding" || this.view.pending || this.view.chosen) this.panels.open("coding");
    this.panels.chosen();
  }

  read(code) {
    return this.reading.open(code);
  }

  // Passages of a query: what is asked is typed in the reading window.
  ask() {
    this.reading.ask();
  }

  back() {
    this.reading.back();
  }

  treeKey(event, id) {
    const work = { F2: "label", Delete: "delete", Insert: "add", p: "pin", e: "describe" }[event.key];
    const act = event.altKey && event.key === "ArrowRight" ? "move" : work;
    if (!act || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.codework.run(act, id);
  }

  key(event, target = event.target) {
    if (event.defaultPrevented) return;
    if (typing(target)) {
      // From a field beside the text back to the text; what was typed is saved as always.
      if (event.key === "Escape" && !this.view.root.hidden && !target.closest("dialog")) this.view.focus(this.view.focused);
      return;
    }
    const action = actionOf(event);
    const inside = this.view.root.contains(target);
    // What is about the words that are selected does nothing while they are hidden behind what is read.
    const ofText = this.reading.root.hidden ? ["choose", "digit", "vivo", "sort", "correct", "note", "left"] : [];
    const anywhere = [...ofText, "undo", "redo", "suggestions", "search", "tree", "panels", "sheet", "escape", "query", "read"];
    if (!action || !(inside || anywhere.includes(action))) return;
    if (!this.data && !["sheet", "tree", "panels", "undo", "redo"].includes(action)) return;
    event.preventDefault();
    event.stopPropagation();
    this.moves[action](event);
  }

  async counts() {
    const counts = await this.transport.read("counts");
    this.tree.counts(counts.codes);
    for (const each of this.study.transcripts) [each.coded_turns, each.codings] = counts.transcripts[each.name] || [each.coded_turns, each.codings];
    this.drawChooser();
  }

  close() {
    this.follower.close();
    this.deaf();
    this.suggestions.close();
    this.leave();
    window.removeEventListener("pagehide", this.leave);
    this.queue.close();
    this.borders.close();
    this.view.close();
    this.painter.close();
    this.transport.close();
  }
}
