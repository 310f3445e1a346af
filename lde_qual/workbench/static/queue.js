// Operations that wait: applied on the page at once, acknowledged once durable, sent again until they are.

function transient(status) {
  return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
}

export class Queue {
  // on: sent(operation, answer), refused(operation, error), state(waiting, status)
  // place: take(), keep(waiting, made), close(), where they outlive the page
  constructor(transport, on, place) {
    this.transport = transport;
    this.on = on;
    this.place = place;
    this.running = false;
    this.pause = 0;
    Object.assign(this, place.take());
    this.keep();
  }

  keep() {
    this.place.keep(this.waiting, this.made);
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
    while (this.waiting.length && !this.closed) {
      const operation = this.waiting[0];
      try {
        const answer = await this.transport.write({ ...operation, body: this.resolved(operation.body) });
        if (this.closed) return;
        this.made[`@${operation.id}`] = answer.code || answer.id;
        this.waiting.shift();
        this.keep();
        this.pause = 0;
        this.on.state(this.waiting.length, 200);
        this.on.sent(operation, answer);
      } catch (error) {
        if (!("status" in error)) throw error;
        if (this.closed) return;
        if (transient(error.status)) {
          this.on.state(this.waiting.length, error.status);
          this.pause = Math.min(10000, this.pause ? this.pause * 2 : 500);
          await new Promise((resolve) => { this.wake = resolve; setTimeout(resolve, this.pause); });
        } else {
          this.waiting.shift();
          this.keep();
          this.on.state(this.waiting.length, 200);
          this.on.refused(operation, error);
        }
      }
    }
    this.running = false;
  }
}
