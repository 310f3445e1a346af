// The page of its own: the server on this machine is the other side.

import { mount } from "./mount.js";
import { httpTransport } from "./http.js";
import { Failure } from "./transport.js";

const place = document.getElementById("app");

async function begin() {
  try {
    window.ldeQual = await mount(place, httpTransport(), { host: "page" });
    document.documentElement.lang = window.ldeQual.study.lang;
    document.title = `${window.ldeQual.study.title} — lde-qual`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const said = error.what || "The program that serves this page does not answer. / Het programma achter deze pagina antwoordt niet.";
    const paragraph = document.createElement("p");
    paragraph.setAttribute("role", "alert");
    paragraph.textContent = `${said} ${error.wayOut}`;
    place.replaceChildren(paragraph);
  }
}

// What waits is in this tab alone, and gone with it.
window.addEventListener("beforeunload", (event) => { if (window.ldeQual?.queue.waiting.length) event.preventDefault(); });
window.addEventListener("hashchange", () => (window.ldeQual ? window.ldeQual.queue.wake?.() : begin()));
document.addEventListener("keydown", (event) => { if (event.target === document.body) window.ldeQual?.moves.stray(event); });
begin();
