// The way to the study through the kernel behind a widget, and how either way says that something failed (see http.js).

export class Failure extends Error {
  constructor(error) {
    super(error.what || error.kind || String(error.status));
    this.status = error.status || 0;
    this.kind = error.kind || "";
    this.what = error.what || "";
    this.wayOut = error.way_out || "";
    this.said = error.said || {};
  }

  // Nothing is wrong with what was asked; it may be asked again.
  get passing() {
    return [0, 401, 408, 429].includes(this.status) || this.status >= 500;
  }
}

// Tells what was asked and failed with nobody waiting for the answer to say so; returns what ends that.
export function tellFailures(tell) {
  const hear = (event) => {
    if (!(event.reason instanceof Failure)) return;
    event.preventDefault();
    tell(event.reason);
  };
  window.addEventListener("unhandledrejection", hear);
  return () => window.removeEventListener("unhandledrejection", hear);
}

// A kernel that is busy with a cell answers when it is done; one that is gone never does. Of a write that waits somebody
// has to know soon, and it may be sent again; a read may take its time in a large study.
const PATIENCE = { write: 8000, read: 60000 };

export function widgetTransport(model) {
  const waiting = new Map();
  let last = 0;
  const hear = (message) => {
    const promise = waiting.get(message.id);
    if (!promise) return;
    waiting.delete(message.id);
    clearTimeout(promise.timer);
    if (message.ok) promise.resolve(message.value);
    else promise.reject(new Failure(message.error));
  };
  model.on("msg:custom", hear);
  const ask = (message) => new Promise((resolve, reject) => {
    last += 1;
    const id = `${last}-${Math.random().toString(36).slice(2)}`;
    const timer = setTimeout(() => { waiting.delete(id); reject(new Failure({ status: 0 })); }, PATIENCE[message.do]);
    waiting.set(id, { resolve, reject, timer });
    try {
      model.send({ id, ...message });
    } catch {
      // The kernel that this page was opened from is no longer there.
      hear({ id, ok: false, error: { status: 0 } });
    }
  });
  const read = (name, params = {}) => ask({ do: "read", name, params });
  return {
    begin: () => read("start", { open: "" }),
    read,
    write: (operation) => ask({ do: "write", operation }),
    close: () => {
      model.off("msg:custom", hear);
      for (const { timer } of waiting.values()) clearTimeout(timer);
    },
  };
}
