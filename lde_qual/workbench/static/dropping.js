// Dragging onto a code of the tree: selected words are coded there, a code goes below it. Keys do the same: c and the
// digits for words, Alt and → for codes.

const OPENS_AFTER = 700;

export class Dropping {
  constructor(page) {
    this.page = page;
    this.codes = [];
    this.words = false;
    this.over = null;
    const { list } = page.tree;
    page.view.root.addEventListener("dragstart", () => { this.end(); this.words = Boolean(page.view.pending); });
    list.addEventListener("dragstart", (event) => this.take(event));
    list.addEventListener("dragover", (event) => this.hover(event));
    list.addEventListener("dragleave", (event) => { if (!list.contains(event.relatedTarget)) this.leave(); });
    list.addEventListener("drop", (event) => this.drop(event));
    page.root.addEventListener("dragend", () => this.end());
  }

  at(event) {
    return event.target.closest?.("[data-code]")?.dataset.code || "";
  }

  // Those chosen together go together.
  take(event) {
    const code = this.at(event);
    const chosen = this.page.tree.selected();
    this.codes = chosen.includes(code) ? chosen : [code];
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.codes.map((each) => this.page.study.label(each)).join(", "));
  }

  takes(code) {
    if (!code) return false;
    if (this.words) return Boolean(this.page.view.pending);
    return this.codes.length > 0 && this.page.codework.movable(this.codes, code);
  }

  hover(event) {
    const code = this.at(event);
    if (code !== this.over) {
      this.leave();
      this.over = code;
      // A tree that is drawn anew would lose the code that is dragged, and never hear that it was let go.
      if (this.words) this.timer = setTimeout(() => this.page.tree.unfold(code), OPENS_AFTER);
    }
    if (!this.takes(code)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = this.words ? "copy" : "move";
    this.page.tree.element(code).classList.add("drop");
  }

  leave() {
    clearTimeout(this.timer);
    this.page.tree.element(this.over)?.classList.remove("drop");
    this.over = null;
  }

  end() {
    this.leave();
    this.codes = [];
    this.words = false;
  }

  drop(event) {
    const code = this.at(event);
    if (!this.takes(code)) return;
    event.preventDefault();
    const { codes, words } = this;
    this.end();
    if (words) this.page.act.code(code);
    else this.page.codework.move(codes, code);
  }
}
