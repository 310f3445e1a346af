// What stands across the page: that nobody answers, or that a file is away, until that is over; and what was refused,
// until somebody closes it: it is work that is not in the study.

import { make, button } from "./dom.js";
import { refusal } from "./refusal.js";

const SILENT = { 401: "banner.restarted", 503: "banner.disk" };
// Of the words that were to be coded, as many as tell which they are.
const SHORT = 60;

export class Banner {
  constructor(page) {
    this.page = page;
    this.now = "";
    this.asked = "";
    this.lost = new Map();
    this.silent = null;
    this.said = make("div", {});
    this.root = make("div", { class: "banner", role: "alert", hidden: true }, this.said, button(page.words("dialog.close"), () => this.close()));
  }

  draw() {
    const lost = [...this.lost].map(([text, times]) => (times > 1 ? `${text} (${times}×)` : text));
    const told = [this.now, this.asked, ...lost].filter(Boolean);
    this.root.hidden = !told.length;
    this.said.replaceChildren(...told.map((text) => make("p", {}, text)));
  }

  say(text) {
    this.now = text;
    this.draw();
  }

  // In a notebook a key with the focus nowhere would be the notebook's.
  close() {
    this.lost.clear();
    this.asked = "";
    this.say("");
    this.page.root.focus({ preventScroll: true });
  }

  // That there is nothing to take back is no work that is lost.
  refused(error, { op, body }) {
    if (["undo", "redo"].includes(op)) {
      this.answer(error);
      return;
    }
    const quote = body.quote?.length > SHORT ? `${body.quote.slice(0, SHORT)}…` : body.quote;
    const text = [refusal(error, this.page.study, this.page.words), quote ? `“${quote}”` : ""].filter(Boolean).join(" ");
    this.lost.set(text, (this.lost.get(text) || 0) + 1);
    this.draw();
  }

  // Of what was only asked for, the last that could not be answered.
  tell(error) {
    if (error.passing) this.page.follower.missed(error.status);
    else this.answer(error);
  }

  answer(error) {
    this.asked = refusal(error, this.page.study, this.page.words);
    this.draw();
  }

  // How it is with what waits: 200 where something of it was answered.
  waiting(status) {
    const { page } = this;
    if (status !== 200) {
      this.silent = status;
      this.say(this.why(status));
    } else if (this.silent !== null) {
      this.silent = null;
      this.say("");
      page.say(page.words("say.sent"));
    }
  }

  // More waits than was said.
  more() {
    if (this.silent !== null) this.say(this.why(this.silent));
  }

  // That nobody answered, with how much waits.
  why(status) {
    const { options, queue, words } = this.page;
    const kernel = options.host === "notebook" && status === 0;
    return words(kernel ? "banner.kernel" : SILENT[status] || "banner.gone", { count: queue.waiting.length });
  }
}
