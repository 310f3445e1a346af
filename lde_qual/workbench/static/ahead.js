// Asks for what the page begins with while the rest of its code is still on the way. Only the page of its own has this
// module: loading it is what asks.

const TOKEN = "lde-qual-token";
const OPEN = "lde-qual-open";

export function takeToken() {
  const found = /[#&]t=([^&]+)/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(TOKEN, decodeURIComponent(found[1]));
    history.replaceState(null, "", location.pathname + location.search);
  }
}

export function asked(url, request = {}) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(TOKEN) || ""}`, ...request.headers };
  return fetch(url, { ...request, headers, cache: "no-store" });
}

// The transcript that was open in this tab is shown again after a reload.
export function keep(name) {
  sessionStorage.setItem(OPEN, name);
}

function beginning() {
  return asked(`api/start?${new URLSearchParams({ open: sessionStorage.getItem(OPEN) || "" })}`);
}

takeToken();
let first = beginning();
// Whoever takes it up says that it failed.
first.catch(() => {});

// An answer is good for one beginning; after another token was given there is a new one.
export function begin() {
  const found = first || beginning();
  first = null;
  return found;
}
