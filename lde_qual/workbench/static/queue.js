// Operations that wait: applied on the page at once, acknowledged once durable, sent again until they are.

export class Queue {
  // on: sent(operation, answer), refused(operation, error), state(status)
  // place: take(), keep(waiting), close(), where they outlive the page
  constructor(transport, on, place) {
    this.transport = transport;
    this.on = on;
    this.place = place;
    this.running = false;
    this.pause = 0;
    this.made = {};
    this.waiting = place.take();
    this.keep();
  }

  // With the ids that are known by now, so that what was made before needs not be kept with it.
  keep() {
    this.place.keep(this.waiting.map((each) => ({ ...each, body: this.resolved(each.body) })));
  }

  push(operation) {
    this.waiting.push(operation);
    this.keep();
    this.run();
  }

  // What still waits is left where the next page of this study finds it.
  close() {
    this.closed = true;
    this.place.close();
    this.wake?.();
  }

  // The id that an operation made stands in for `@its own id`.
  resolved(value) {
    if (typeof value === "string" && value.startsWith("@")) return this.made[value] || value;
    if (Array.isArray(value)) return value.map((each) => this.resolved(each));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.made[key] || key, this.resolved(each)]));
    }
    return value;
  }

  // Whether something that waits is about a coding: what was answered before it is older than what the page shows.
  touches(id) {
    return this.waiting.some(({ body }) => [body.coding, ...(Array.isArray(body.codings) ? body.codings : [])].some((each) => this.resolved(each) === id));
  }

  async run() {
    if (this.running) return;
    this.running = true;
    try {
      while (this.waiting.length && !this.closed) await this.next(this.waiting[0]);
    } finally {
      this.running = false;
    }
  }

  async next(operation) {
    const asked = this.transport.write({ ...operation, body: this.resolved(operation.body) });
    const [answer, error] = await asked.then((found) => [found, null], (failure) => [null, failure]);
    if (this.closed) return;
    if (error && !("status" in error)) throw error;
    if (error?.passing) {
      this.on.state(error.status);
      this.pause = Math.min(10000, this.pause ? this.pause * 2 : 500);
      await new Promise((resolve) => { this.wake = resolve; setTimeout(resolve, this.pause); });
      return;
    }
    if (answer) this.made[`@${operation.id}`] = answer.code || answer.id;
    this.waiting.shift();
    this.keep();
    this.pause = 0;
    this.on.state(200);
    if (error) this.on.refused(operation, error);
    else this.on.sent(operation, answer);
  }
}
