// What is said where something is refused: in the page's own words where the case is known, else as the program has it.

export function refusal(error, study, words) {
  const { case: known, ...about } = error.said || {};
  const named = (id) => (study.byId.has(id) ? `‘${study.label(id)}’` : `‘${id}’`);
  const values = Object.fromEntries(Object.entries(about).map(([name, value]) => [name, ["code", "other"].includes(name) ? named(value) : value]));
  return known ? words(`refused.${known}`, values) : [words("say.refused"), error.what, error.wayOut].filter(Boolean).join(" ");
}
