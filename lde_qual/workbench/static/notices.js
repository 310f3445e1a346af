// What somebody has to know before they code: above the talk, from the beginning.

import { make } from "./dom.js";

const FEW = 3;

export function notices(study, words) {
  const said = [study.example && words("example"), study.second && words("second", { coder: study.second })];
  return [...said.filter(Boolean).map((notice) => make("p", { class: "notice" }, notice)), remarks(study.notices, words)].filter(Boolean);
}

// Of the folder it is worded as the program says it at the prompt, in English; many fill no page.
function remarks(found, words) {
  if (!found.length) return null;
  const summary = make("summary", {}, words("remarks", { count: found.length }));
  return make("details", { class: "notice", open: found.length <= FEW }, summary, ...found.map((remark) => make("p", { lang: "en" }, remark)));
}
