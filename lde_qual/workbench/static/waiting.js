// Where operations that wait outlive the page: in this tab alone, apart by study and coder, and by page.

const NAME = "lde-qual-waiting";
// Pages that stand in this document. Each widget of a notebook loads its modules anew, so it is kept outside them.
const OPEN = (globalThis[Symbol.for("lde-qual-open-pages")] ||= new Set());

export class WaitingPlace {
  constructor(study, page) {
    this.study = `${NAME}:${study}:`;
    this.own = this.study + page;
    OPEN.add(this.own);
  }

  // What a page that is gone left behind; what another page of this document still holds stays with it.
  take() {
    const taken = [];
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(this.study) || OPEN.has(key)) continue;
      taken.push(...JSON.parse(sessionStorage.getItem(key)));
      sessionStorage.removeItem(key);
    }
    return taken;
  }

  keep(waiting) {
    try {
      if (waiting.length) sessionStorage.setItem(this.own, JSON.stringify(waiting));
      else sessionStorage.removeItem(this.own);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      // There is no room for more: it still waits in the page, and is sent from there.
    }
  }

  close() {
    OPEN.delete(this.own);
  }
}
