// What another tab, program or coder writes appears by itself, and so do transcripts that come into the study.

const EVERY = 2000;

export class Follower {
  constructor(page) {
    this.page = page;
    this.asking = false;
    // Why the banner stands that this put up: nothing, "silent" or "missing".
    this.told = "";
  }

  start() {
    this.timer = setInterval(() => this.look(), EVERY);
  }

  async look() {
    const { page } = this;
    if (document.hidden || page.queue.waiting.length || this.asking) return;
    this.asking = true;
    try {
      const found = await page.transport.read("changes", { since: page.version });
      if (this.told === "silent") this.tell("");
      if (found.version === page.version || page.queue.waiting.length) return;
      page.version = found.version;
      await this.catchUp();
      page.recount();
    } catch (error) {
      if (!("status" in error)) throw error;
      page.banner.tell(error);
    } finally {
      this.asking = false;
    }
  }

  // What could not be read is read once somebody answers: until then no version of the study is the page's.
  missed(status) {
    this.page.version = "";
    this.tell("silent", this.page.banner.why(status));
  }

  // The file of the transcript that is open may be taken away, and put back.
  async catchUp() {
    const { page } = this;
    await page.restart();
    await page.panels.readMemos();
    await page.readBasket();
    const names = page.study.transcripts.map((each) => each.name);
    if (page.data && !names.includes(page.data.name)) {
      this.tell("missing", page.words("banner.missing", { name: page.data.name }));
      return;
    }
    if (this.told === "missing") this.tell("");
    if (page.data) await page.reopen();
    else if (names.length) await page.openTranscript(names[0]);
  }

  tell(told, text = "") {
    this.told = told;
    this.page.alert(text);
  }

  close() {
    clearInterval(this.timer);
  }
}
