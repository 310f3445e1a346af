// The page in a cell of a notebook: the kernel is the other side, and JupyterLab is all around.

import { mount } from "./mount.js";
import { make, SUPPRESS } from "./dom.js";
import { Failure, widgetTransport } from "./transport.js";

const AGAIN = 3000;
const SOON = 1500;
const SILENT = "De kernel antwoordt (nog) niet; staat hij stil, voer dan de cel opnieuw uit. / The kernel does not answer (yet); if it was stopped, run the cell again.";

// anywidget calls this for each place where the widget is shown, and what it returns when that place is gone.
export async function render({ model, el }, styles) {
  const host = make("div", { class: "lde-qual-widget", [SUPPRESS]: "true" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const place = make("div");
  root.append(place);
  el.append(host);
  const scheme = followScheme(host);
  let closed = false;
  begin(place, model, () => closed).then((page) => {
    host.ldeQual = page;
    if (closed) page?.close();
  });
  return () => {
    closed = true;
    scheme.disconnect();
    host.ldeQual?.close();
    host.remove();
  };
}

// A kernel that is busy answers later; only what it refuses is final.
async function begin(place, model, closed) {
  const say = (text) => place.replaceChildren(make("p", { class: "lde-qual notebook said", role: "alert" }, text));
  while (!closed()) {
    const timer = setTimeout(() => { if (!place.querySelector("main")) say(SILENT); }, SOON);
    const transport = widgetTransport(model);
    try {
      return await mount(place, transport, { host: "notebook" });
    } catch (error) {
      transport.close();
      if (!(error instanceof Failure)) throw error;
      say(error.status ? `${error.what} ${error.wayOut}` : SILENT);
      if (error.status) break;
    } finally {
      clearTimeout(timer);
    }
    await new Promise((resolve) => { setTimeout(resolve, AGAIN); });
  }
  return null;
}

// JupyterLab says on the body whether its theme is light; elsewhere the system's choice stands.
function followScheme(host) {
  const follow = () => {
    const light = document.body.dataset.jpThemeLight;
    host.style.colorScheme = { true: "light", false: "dark" }[light] || "light dark";
  };
  const watch = new MutationObserver(follow);
  watch.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  follow();
  return watch;
}
