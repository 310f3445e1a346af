// Colours of codes: one highlight a code, its rule in a sheet that is built, not parsed from markup.

import { make } from "./dom.js";
import { Marks } from "./marks.js";
import { OTHER_RULES, codeRule, lineOf } from "./lines.js";

const HUES = [212, 28, 140, 330, 48, 268, 178, 0, 96, 300, 196, 64];

function codeColour(code, index) {
  if (code && /^#[0-9a-f]{6}$/i.test(code.colour || "")) return code.colour;
  const hue = HUES[index % HUES.length];
  return `light-dark(hsl(${hue} 70% 42%), hsl(${hue} 75% 66%))`;
}

const VIOLET = "light-dark(#6b21a8, #d8b4fe)";
const GREY = "light-dark(#57534e, #a8a29e)";
const underline = (style, colour, width) => [
  `text-decoration: underline ${style} ${width}; text-decoration-color: ${colour};`,
  { "border-block-end": `${width} ${style === "wavy" ? "double" : style} ${colour}` },
];
const ground = (colour, text = "", flat = colour) => [`background-color: ${colour};${text}`, { background: flat }];

// By name: the rule of a highlight, the look of a flat mark, and which lies over which.
const LOOKS = {
  suggested: [...underline("dotted", VIOLET, "2px"), 10],
  blind: [...underline("dashed", "light-dark(#4b5260, #b0b7c3)", "1px"), 10],
  noted: [...underline("wavy", GREY, "1px"), 10],
  weighed: [...underline("dotted", VIOLET, "4px"), 20],
  found: [...ground("light-dark(#fde047, #854d0e)", " color: light-dark(#16181d, #ffffff);"), 110],
  chosen: [...underline("solid", "light-dark(#111827, #f9fafb)", "3px"), 60],
  pending: [...ground("light-dark(#1d4ed8, #93c5fd)", " color: light-dark(#ffffff, #0b1220);", "light-dark(#93b4fb, #1e40af)"), 100],
};

export class Painter {
  // prefix keeps two pages in one document apart: the registry of highlights belongs to the document.
  constructor(prefix, root) {
    this.prefix = prefix;
    this.able = typeof CSS !== "undefined" && "highlights" in CSS;
    this.names = new Map();
    this.rules = [];
    this.sheet = new CSSStyleSheet();
    this.owner = root;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet];
    this.marks = this.able ? null : new Marks();
    for (const [name, [rule, flat, priority]] of Object.entries(LOOKS)) {
      if (this.able) this.named(name, rule, priority);
      else this.names.set(name, this.marks.named(name, () => flat));
    }
  }

  // Lines of the text break elsewhere: highlights follow by themselves, marks do not.
  moved() {
    this.marks?.moved();
  }

  named(name, rule, priority) {
    const full = `${this.prefix}-${name}`;
    const highlight = new Highlight();
    highlight.priority = priority;
    CSS.highlights.set(full, highlight);
    this.names.set(name, highlight);
    this.rules.push([full, rule, OTHER_RULES[name]]);
    return highlight;
  }

  // Codes in the order of the tree; returns whether one is new or has another colour, so that its passages are painted anew.
  codes(codes) {
    const before = this.colours;
    this.colours = new Map(codes.map((code, index) => [code.id, codeColour(code, index)]));
    this.lines = new Map(codes.map((code, index) => [code.id, lineOf(index)]));
    if (!this.able) {
      for (const { id } of codes) {
        const look = () => ({ background: `color-mix(in srgb, ${this.colour(id)} 26%, transparent)`, ...this.lines.get(id) });
        if (!this.names.has(`=${id}`)) this.names.set(`=${id}`, this.marks.named(`=${id}`, look));
      }
      return this.other(before);
    }
    const rules = [...this.rules];
    codes.forEach((code, index) => {
      const full = `${this.prefix}-code-${index}`;
      let highlight = this.names.get(`=${code.id}`);
      if (!highlight) {
        highlight = new Highlight();
        this.names.set(`=${code.id}`, highlight);
      }
      CSS.highlights.set(full, highlight);
      const colour = this.colours.get(code.id);
      rules.push([full, `background-color: color-mix(in srgb, ${colour} 26%, transparent);`, codeRule(index)]);
    });
    // All at once: after each rule that is inserted by itself the browser looks at the styles anew.
    const looks = rules.map(([full, rule]) => `::highlight(${full}) { ${rule} }`);
    const forced = rules.map(([full, , rule]) => `::highlight(${full}) { ${rule} }`);
    this.sheet.replaceSync([...looks, "@media (forced-colors: active) {", ...forced, "}"].join("\n"));
    return this.other(before);
  }

  other(before) {
    return [...this.colours].some(([id, colour]) => before?.get(id) !== colour);
  }

  colour(code) {
    return (this.colours && this.colours.get(code)) || "light-dark(#6b7280, #9ca3af)";
  }

  // What stands for a code beside the text: its colour, and its line where colours are forced.
  dress(element, code) {
    for (const [name, value] of Object.entries({ "--code": this.colour(code), ...this.lines.get(code) })) element.style.setProperty(name, value);
    return element;
  }

  swatch(code) {
    return this.dress(make("span", { class: "swatch", "aria-hidden": "true" }), code);
  }

  add(name, range) {
    const highlight = this.names.get(name);
    if (highlight) highlight.add(range);
  }

  remove(name, range) {
    const highlight = this.names.get(name);
    if (highlight) highlight.delete(range);
  }

  close() {
    this.marks?.close();
    if (this.able) for (const name of [...CSS.highlights.keys()]) if (name.startsWith(`${this.prefix}-`)) CSS.highlights.delete(name);
    this.owner.adoptedStyleSheets = this.owner.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }
}
