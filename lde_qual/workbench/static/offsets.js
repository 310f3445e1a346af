// Code points in storage and answers, UTF-16 units in the browser: converted here and nowhere else.

const WORD = /[\p{L}\p{M}\p{N}_'’-]/u;

export class Offsets {
  // astral: code point offsets of the characters that take two UTF-16 units, ascending
  constructor(text) {
    this.text = text;
    this.astral = [];
    let point = 0;
    for (let unit = 0; unit < text.length; unit += 1, point += 1) {
      const wide = text.codePointAt(unit) > 0xffff;
      if (wide) {
        this.astral.push(point);
        unit += 1;
      }
    }
    this.points = point;
  }

  // How many wide characters lie before a code point.
  wideBefore(point) {
    let low = 0;
    let high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.astral[middle] < point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  toUnits(point) {
    const held = Math.max(0, Math.min(point, this.points));
    return held + this.wideBefore(held);
  }

  // A unit inside a surrogate pair is taken as the character's beginning.
  toPoints(unit) {
    let low = 0;
    let high = this.points;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.toUnits(middle) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  slice(start, end) {
    return this.text.slice(this.toUnits(start), this.toUnits(end));
  }
}

function charBefore(text, unit) {
  const low = text.charCodeAt(unit - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(unit - 2, unit) : text[unit - 1];
}

// Trim white space off a selection (UTF-16) and let it grow to whole words, inside low and high.
export function wholeWords(text, start, end, low, high) {
  let from = Math.max(start, low);
  let to = Math.min(end, high);
  while (from < to && /\s/u.test(text[from])) from += 1;
  while (to > from && /\s/u.test(text[to - 1])) to -= 1;
  if (from === to) return [from, to];
  while (from > low && WORD.test(charBefore(text, from)) && WORD.test(String.fromCodePoint(text.codePointAt(from)))) {
    from -= charBefore(text, from).length;
  }
  while (to < high && WORD.test(String.fromCodePoint(text.codePointAt(to))) && WORD.test(charBefore(text, to))) {
    to += String.fromCodePoint(text.codePointAt(to)).length;
  }
  return [from, to];
}

// The same without growing: white space and halves of characters are left out.
export function exactly(text, start, end, low, high) {
  let from = Math.max(start, low);
  let to = Math.min(end, high);
  const inside = (unit) => unit > 0 && unit < text.length && text.charCodeAt(unit) >= 0xdc00 && text.charCodeAt(unit) <= 0xdfff;
  if (inside(from)) from -= 1;
  if (inside(to)) to += 1;
  while (from < to && /\s/u.test(text[from])) from += 1;
  while (to > from && /\s/u.test(text[to - 1])) to -= 1;
  return [from, to];
}

// The next beginning or end of a word from a unit, in a direction (1 or -1).
export function wordStep(text, unit, direction, low, high) {
  let at = unit;
  const isWord = (where) => WORD.test(text[where] || " ") || /[\ud800-\udfff]/.test(text[where] || " ");
  if (direction > 0) {
    while (at < high && !isWord(at)) at += 1;
    while (at < high && isWord(at)) at += 1;
  } else {
    while (at > low && !isWord(at - 1)) at -= 1;
    while (at > low && isWord(at - 1)) at -= 1;
  }
  return at;
}
