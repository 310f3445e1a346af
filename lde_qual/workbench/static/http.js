// The way to the study through the server on this machine.

import { asked, begin, keep, takeToken } from "./ahead.js";
import { Failure } from "./transport.js";

// What an answer that is under way says; no answer, and one that is cut off, has the status 0.
async function said(answer) {
  let response;
  try {
    response = await answer;
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
}

export function httpTransport() {
  takeToken();
  window.addEventListener("hashchange", takeToken);
  return {
    begin: () => said(begin()),
    keep,
    read: (name, params = {}) => said(asked(`api/${name}?${new URLSearchParams(params)}`)),
    write: (operation) => said(asked("api/operations", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(operation),
    })),
    close: () => window.removeEventListener("hashchange", takeToken),
  };
}
