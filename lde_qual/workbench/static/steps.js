// A step that undo or redo takes, in words: what it was about, and where, when that is not what one looks at.

// What has words of its own; of everything else it is said that a step was taken.
const NAMED = ["code", "accept", "uncode", "revise", "mark", "memo", "note", "reject", "later", "done", "edit", "codebook", "basket", "pin"];

export function nameStep({ study, words, data }, { op, parts, code, transcript }) {
  const label = study.byId.has(code) ? study.label(code) : "";
  const what = words(NAMED.includes(op) ? `step.${op}` : "step.other");
  const about = [label ? `${what}: ${label}` : what];
  if (parts > 1) about.push(words("step.parts", { count: parts - 1 }));
  if (transcript && transcript !== data?.name) about.push(words("step.where", { name: transcript }));
  return about.join(", ");
}

// A step is unknown where an earlier run of the program took it and its answer was lost.
export function sayStep(page, way, step) {
  return step ? page.words(`say.${way}.step`, { step: nameStep(page, step) }) : page.words(`say.${way}`);
}
