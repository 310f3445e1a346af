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
    const taken = { waiting: [], made: {} };
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(this.study) || OPEN.has(key)) continue;
      const { waiting, made } = JSON.parse(sessionStorage.getItem(key));
      taken.waiting.push(...waiting);
      Object.assign(taken.made, made);
      sessionStorage.removeItem(key);
    }
    return taken;
  }

  keep(waiting, made) {
    if (waiting.length) sessionStorage.setItem(this.own, JSON.stringify({ waiting, made }));
    else sessionStorage.removeItem(this.own);
  }

  close() {
    OPEN.delete(this.own);
  }
}
