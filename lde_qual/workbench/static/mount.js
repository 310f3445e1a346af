// The page put into an element, with the transcript that it begins with.

import { Page } from "./app.js";

export async function mount(element, transport, options = {}) {
  const { opened, ...start } = await transport.begin();
  const page = new Page(element, transport, { host: "page", ...options }, start);
  try {
    if (opened) await page.openTranscript(opened.name, opened);
  } catch (error) {
    // What waits is left to the page that is tried next.
    page.close();
    throw error;
  }
  page.queue.run();
  page.follower.start();
  page.panels.readMemos();
  page.readBasket();
  return page;
}
