// The page put into an element, with the transcript that was asked for or was open before.

import { Page } from "./app.js";

const POLL = 2000;

export async function mount(element, transport, options = {}) {
  const start = await transport.read("start");
  const kept = options.host === "notebook" ? "" : sessionStorage.getItem("lde-qual-open");
  const names = start.transcripts.map((each) => each.name);
  const name = [options.transcript, start.open, kept].find((each) => names.includes(each)) || names[0];
  // On its way while the page is built; where it fails, opening says so.
  const coming = name ? transport.read("transcript", { name }) : null;
  coming?.catch(() => {});
  const page = new Page(element, transport, { host: "page", ...options }, start);
  try {
    if (name) await page.openTranscript(name, coming);
  } catch (error) {
    // What waits is left to the page that is tried next.
    page.close();
    throw error;
  }
  page.queue.run();
  page.timer = setInterval(() => page.poll(), POLL);
  page.transport.read("memos").then((found) => { page.memos = found.memos; });
  page.readBasket();
  return page;
}
