// What stands across the page until it is closed or over: that nobody answers, or what was refused.

import { make, button } from "./dom.js";
import { refusal } from "./refusal.js";

const SILENT = { 401: "banner.restarted", 503: "banner.disk" };

export class Banner {
  constructor(page) {
    this.page = page;
    this.root = make("p", { class: "banner", role: "alert", hidden: true });
  }

  say(text) {
    this.root.hidden = !text;
    this.root.textContent = text;
    if (text) this.root.append(" ", button(this.page.words("dialog.close"), () => { this.root.hidden = true; }));
  }

  refused(error) {
    this.say(refusal(error, this.page.study, this.page.words));
  }

  tell(error) {
    if (error.what) this.refused(error);
    else this.say(this.why(error.status));
  }

  // That nobody answered, with how much waits.
  why(status) {
    const { options, queue, words } = this.page;
    const kernel = options.host === "notebook" && status === 0;
    return words(kernel ? "banner.kernel" : SILENT[status] || "banner.gone", { count: queue.waiting.length });
  }
}
