// What is painted over the text, by turn. For each change the browser goes through all that is registered with it, so
// only what stands near the part that is seen is: a long interview costs no more than a short one.

const NEAR = "1000px 0px";

export class Layer {
  constructor(painter) {
    this.painter = painter;
    this.turns = [];
    this.names = new Map();
    this.near = new Set();
  }

  // Turns that are shown from now on, in what scrolls them.
  watch(turns, scroller) {
    this.close();
    for (const name of this.names.keys()) this.clear(name);
    this.turns = turns;
    this.near.clear();
    this.seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.pass(entry)), { root: scroller, rootMargin: NEAR });
    for (const turn of turns) {
      turn.parts = new Set();
      this.seen.observe(turn.element);
    }
  }

  pass({ target, isIntersecting }) {
    const turn = this.turns[Number(target.dataset.turn)];
    if (!turn || turn.element !== target || this.near.has(turn) === isIntersecting) return;
    if (isIntersecting) this.near.add(turn);
    else this.near.delete(turn);
    for (const part of turn.parts) this.register(part, isIntersecting);
  }

  register(part, there) {
    if (there) this.painter.add(part.name, part.range);
    else this.painter.remove(part.name, part.range);
  }

  // Paint segments of turns; what is returned takes them off again.
  place(name, segments) {
    if (!this.names.has(name)) this.names.set(name, new Set());
    return segments.map(({ turn, low, high }) => {
      const range = new StaticRange({ startContainer: turn.text, startOffset: low, endContainer: turn.text, endOffset: high });
      const part = { name, turn, range };
      turn.parts.add(part);
      this.names.get(name).add(part);
      this.touched(part, true);
      return part;
    });
  }

  lift(parts) {
    for (const part of parts) {
      part.turn.parts.delete(part);
      this.names.get(part.name).delete(part);
      this.touched(part, false);
    }
  }

  touched(part, there) {
    if (this.near.has(part.turn)) this.register(part, there);
  }

  clear(name) {
    this.lift([...(this.names.get(name) || [])]);
  }

  close() {
    this.seen?.disconnect();
  }
}
