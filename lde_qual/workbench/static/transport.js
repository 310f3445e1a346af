// Two ways to the study: a server on this machine, or the kernel behind a widget. Both answer alike.

const TOKEN = "lde-qual-token";

export class Failure extends Error {
  constructor(error) {
    super(error.what || error.kind || String(error.status));
    this.status = error.status || 0;
    this.kind = error.kind || "";
    this.what = error.what || "";
    this.wayOut = error.way_out || "";
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

function takeToken() {
  const found = /[#&]t=([^&]+)/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(TOKEN, decodeURIComponent(found[1]));
    history.replaceState(null, "", location.pathname + location.search);
  }
}

export function httpTransport() {
  takeToken();
  window.addEventListener("hashchange", takeToken);
  const ask = async (url, request) => {
    let response;
    const headers = { Authorization: `Bearer ${sessionStorage.getItem(TOKEN) || ""}`, ...(request.headers || {}) };
    try {
      response = await fetch(url, { ...request, headers, cache: "no-store" });
    } catch {
      throw new Failure({ status: 0 });
    }
    let value = {};
    try {
      value = await response.json();
    } catch {
      if (response.ok) throw new Failure({ status: 0 });
    }
    if (!response.ok) throw new Failure({ ...(value.error || value), status: response.status });
    return value;
  };
  return {
    read: (name, params = {}) => ask(`api/${name}?${new URLSearchParams(params)}`, {}),
    write: (operation) => ask("api/operations", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(operation),
    }),
    close: () => window.removeEventListener("hashchange", takeToken),
  };
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
  return {
    read: (name, params = {}) => ask({ do: "read", name, params }),
    write: (operation) => ask({ do: "write", operation }),
    close: () => {
      model.off("msg:custom", hear);
      for (const { timer } of waiting.values()) clearTimeout(timer);
    },
  };
}
