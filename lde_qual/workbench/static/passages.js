// What is done to words that stand in no transcript that is open, and the values of a coding, asked for by digit.

import { pickCode, askFields, askValue } from "./picker.js";

export class Passages {
  constructor(page) {
    this.page = page;
  }

  place({ coding, transcript, start, end, quote, sha }) {
    return { transcript, quote, sha, start: coding?.start ?? start, end: coding?.end ?? end };
  }

  // Beside what it is coded as already.
  async code(passage) {
    const { page } = this;
    const answer = await pickCode(page.root, page.study, page.words, { title: page.words("picker.passage"), quote: passage.quote });
    if (!answer) return;
    const code = answer.code || page.act.fresh(answer.label, answer.parent);
    page.send({ op: "code", body: { ...this.place(passage), code, dimensions: {} } });
    page.study.used(code);
    page.say(page.words("say.coded", { code: page.study.label(code) }));
  }

  async note(passage) {
    const { page } = this;
    const answer = await askFields(page.root, page.words, page.words("note.title"), [{ name: "text", label: page.words("memo.notes"), long: true }], { quote: passage.quote });
    if (!answer?.text.trim()) return;
    page.send({ op: "note", body: { ...this.place(passage), text: answer.text } });
    page.say(page.words("say.noted"));
  }

  // One value of any dimension; the one that is there already is taken away.
  async values(coding) {
    const { page } = this;
    if (!Object.keys(page.study.dimensions).length) return page.say(page.words("say.nodimensions"));
    const answer = await askValue(page.root, page.words, page.study.path(coding.code), page.study.dimensions, coding.dimensions);
    if (!answer) return undefined;
    const [name, value] = answer;
    return page.act.value(coding, name, coding.dimensions[name] === value ? "" : value);
  }
}
