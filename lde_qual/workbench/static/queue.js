// Operations that wait: applied on the page at once, acknowledged once durable, sent again until they are.

const STORE = "lde-qual-waiting";

function transient(status) {
  return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
}

export class Queue {
  // on: sent(operation, answer), refused(operation, error), state(waiting, status)
  constructor(transport, on, storage) {
    this.transport = transport;
    this.on = on;
    this.storage = storage;
    this.waiting = [];
    this.made = {};
    this.running = false;
    this.pause = 0;
    if (storage) {
      try {
        const kept = JSON.parse(storage.getItem(STORE) || "{}");
        this.waiting = kept.waiting || [];
        this.made = kept.made || {};
      } catch {
        storage.removeItem(STORE);
      }
    }
  }

  keep() {
    if (!this.storage) return;
    if (this.waiting.length) this.storage.setItem(STORE, JSON.stringify({ waiting: this.waiting, made: this.made }));
    else this.storage.removeItem(STORE);
  }

  push(operation) {
    this.waiting.push(operation);
    this.keep();
    this.run();
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

  async run() {
    if (this.running) return;
    this.running = true;
    while (this.waiting.length) {
      const operation = this.waiting[0];
      try {
        const answer = await this.transport.write({ ...operation, body: this.resolved(operation.body) });
        this.made[`@${operation.id}`] = answer.code || answer.id;
        this.waiting.shift();
        this.keep();
        this.pause = 0;
        this.on.state(this.waiting.length, 200);
        this.on.sent(operation, answer);
      } catch (error) {
        if (!("status" in error)) throw error;
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
