// What the page knows of the study, and its words; nothing here touches the document.

export class Study {
  constructor(start) {
    this.renew(start);
  }

  renew(start) {
    const recent = this.recent || [];
    Object.assign(this, start);
    this.byId = new Map(start.codes.map((code) => [code.id, code]));
    this.children = new Map();
    for (const code of start.codes) {
      const parent = code.parent || "";
      if (!this.children.has(parent)) this.children.set(parent, []);
      this.children.get(parent).push(code.id);
    }
    // The digits do not jump: those that came since stand after those that were there.
    const there = recent.filter((id) => this.byId.has(id));
    this.recent = [...there, ...(start.recent || []).filter((id) => !there.includes(id))].slice(0, 9);
  }

  label(id) {
    return this.byId.get(id)?.label || id;
  }

  path(id) {
    const labels = [];
    for (let code = this.byId.get(id); code; code = this.byId.get(code.parent)) labels.unshift(code.label);
    return labels.length ? labels.join(" › ") : id;
  }

  subtree(id) {
    return [id, ...(this.children.get(id) || []).flatMap((child) => this.subtree(child))];
  }

  depth(id) {
    let depth = 1;
    for (let code = this.byId.get(id); code && code.parent; code = this.byId.get(code.parent)) depth += 1;
    return depth;
  }

  // Pinned codes first, in their order; recent ones only fill the places that are left.
  digits() {
    const pins = (this.pins || []).filter((id) => this.byId.has(id));
    const rest = (this.recent || []).filter((id) => this.byId.has(id) && !pins.includes(id));
    return [...pins, ...rest].slice(0, 9);
  }

  // Only in places that are free, so that the digits of the others do not jump.
  used(id) {
    if (this.digits().includes(id)) return;
    this.recent = [...(this.recent || []).filter((each) => each !== id)];
    const room = 9 - (this.pins || []).length;
    this.recent = this.recent.length < room ? [...this.recent, id] : [...this.recent.slice(0, room - 1), id];
  }

  // Keywords of a code, a word of which begins as one of the words typed does that its path does not hold.
  heard(id, typed) {
    const path = plain(this.path(id));
    const rest = wordsOf(typed).filter((word) => !path.includes(word));
    return (this.byId.get(id)?.keywords || []).filter((keyword) => wordsOf(keyword).some((each) => rest.some((word) => each.startsWith(word))));
  }

  // Codes whose path holds every word that was typed, those whose own label does first; then those that have keywords
  // for the words that their path lacks.
  matching(typed) {
    const words = wordsOf(typed);
    const scored = [];
    for (const code of this.codes) {
      const path = plain(this.path(code.id));
      const lacking = words.filter((word) => !path.includes(word));
      const keywords = lacking.length ? (code.keywords || []).flatMap(wordsOf) : [];
      if (!lacking.every((word) => keywords.some((each) => each.startsWith(word)))) continue;
      if (lacking.length) { scored.push([3, code.id]); continue; }
      const label = plain(code.label);
      const first = words.length ? Number(!label.startsWith(words[words.length - 1])) : 0;
      scored.push([words.every((word) => label.includes(word)) ? first : 2, code.id]);
    }
    return scored.sort((a, b) => a[0] - b[0]).map(([, id]) => id);
  }
}

function wordsOf(text) {
  return plain(text).split(/\s+/).filter(Boolean);
}

export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// {name} stands for a value; {name|one|many} says a number in words of its own, # being the number itself, and
// {name|none|one|many} also that there is none. In all languages of the page one thing alone is singular.
export function makeWords(study) {
  let numbers = null;
  // A whole number under a thousand is written alike in all languages of the page, and what knows them takes its time.
  const written = (value) => {
    if (typeof value !== "number" || (Number.isInteger(value) && Math.abs(value) < 1000)) return String(value);
    numbers ||= new Intl.NumberFormat(study.lang);
    return numbers.format(value);
  };
  const counted = (value, forms) => {
    const [many, one, none] = forms.reverse();
    return ((value === 1 && one) || (value === 0 && none) || many).replace("#", written(value));
  };
  const words = (key, values = {}) => {
    const text = study.words[key];
    if (text === undefined) throw new Error(`No words for '${key}'.`);
    return text.replace(/\{(\w+)((?:\|[^{}|]*)*)\}/g, (whole, name, forms) => {
      if (values[name] === undefined) return whole;
      return forms ? counted(Number(values[name]), forms.slice(1).split("|")) : written(values[name]);
    });
  };
  words.label = (id) => study.label(id);
  words.path = (id) => study.path(id);
  // What is quoted is in the language of the interviews, whatever that of the page.
  Object.defineProperty(words, "spoken", { get: () => study.language });
  return words;
}
