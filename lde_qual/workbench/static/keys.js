// Every key of the page: what it does, and the sheet that says so.

// [keys as shown, keys as matched, action, words]
const SELECTING = [
  [["↑", "↓"], ["ArrowUp", "ArrowDown"], "turn", "key.turn"],
  [["PgUp", "PgDn"], ["PageUp", "PageDown"], "far", "key.far"],
  [["j", "k"], ["j", "k"], "left", "key.left"],
  [["←", "→"], ["ArrowLeft", "ArrowRight"], "sentence", "key.sentence"],
  [["Shift+←", "Shift+→"], ["Shift+ArrowLeft", "Shift+ArrowRight"], "word", "key.word"],
  [["Shift+↑", "Shift+↓"], ["Shift+ArrowUp", "Shift+ArrowDown"], "line", "key.line"],
  [["v"], ["v"], "whole", "key.whole"],
];

const CODING = [
  [["1", "…", "9"], ["1", "2", "3", "4", "5", "6", "7", "8", "9"], "digit", "key.digit"],
  [["c", "/"], ["c", "/"], "choose", "key.choose"],
  [["i"], ["i"], "vivo", "key.vivo"],
  [["z"], ["z"], "sort", "key.sort"],
  [["d"], ["d"], "direction", "key.direction"],
  [["D"], ["D"], "values", "key.values"],
  [["o"], ["o"], "next", "key.next"],
  [[",", "."], [",", "."], "startEdge", "key.start"],
  [["<", ">"], ["<", ">", "Shift+<", "Shift+>"], "endEdge", "key.end"],
  [["e"], ["e"], "recode", "key.recode"],
  [["x"], ["x"], "extend", "key.extend"],
  [["u", "Del"], ["u", "Delete"], "uncode", "key.uncode"],
  [["m"], ["m"], "memo", "key.memo"],
  [["n"], ["n"], "note", "key.note"],
  [["y", "t"], ["y", "t"], "mark", "key.mark"],
  [["b"], ["b"], "basket", "key.basket"],
  [["w"], ["w"], "correct", "key.correct"],
];

const PAGE = [
  [["Ctrl+Z"], ["Ctrl+z"], "undo", "key.undo"],
  [["Ctrl+Shift+Z", "Ctrl+Y"], ["Ctrl+Shift+z", "Ctrl+y"], "redo", "key.redo"],
  [["s"], ["s"], "suggestions", "key.suggestions"],
  [["f"], ["f"], "search", "key.search"],
  [["r"], ["r"], "read", "key.read"],
  [["g"], ["g"], "query", "key.query"],
  [["q"], ["q"], "tree", "key.tree"],
  [["[", "]"], ["[", "]"], "panels", "key.panels"],
  [["?"], ["?", "Shift+?"], "sheet", "key.sheet"],
  [["Esc"], ["Escape"], "escape", "key.escape"],
];

const KEYS = [...SELECTING, ...CODING, ...PAGE];

// In the code tree, and only there; the tree knows them by itself.
const TREE_KEYS = [
  [["↑", "↓"], [], "", "key.tree.step"],
  [["→", "←"], [], "", "key.tree.fold"],
  [["Enter"], [], "", "key.tree.read"],
  [["Shift+F10"], [], "", "key.tree.work"],
  [["Insert"], [], "", "key.tree.add"],
  [["F2"], [], "", "key.tree.label"],
  [["e"], [], "", "key.tree.describe"],
  [["Alt+→"], [], "", "key.tree.move"],
  [["p"], [], "", "key.tree.pin"],
  [["Del"], [], "", "key.tree.delete"],
  [["Shift+↑", "Shift+↓"], [], "", "key.tree.several"],
  [["Ctrl+Space"], [], "", "key.tree.one"],
];

// On a card of a suggestion, and only there.
const CARD_KEYS = [
  [["j", "k"], ["j", "k", "ArrowDown", "ArrowUp"], "step", "key.card.step"],
  [["a"], ["a"], "accept", "key.card.accept"],
  [["r"], ["r"], "reject", "key.card.reject"],
  [["l"], ["l"], "later", "key.card.later"],
  [["x"], ["x"], "other", "key.card.other"],
  [["o"], ["o"], "next", "key.card.next"],
  [[",", "."], [",", "."], "startEdge", "key.card.start"],
  [["<", ">"], ["<", ">", "Shift+<", "Shift+>"], "endEdge", "key.card.end"],
  [["c"], ["c"], "code", "key.card.code"],
  [["g"], ["g"], "none", "key.card.none"],
  [["A"], ["A"], "all", "key.card.all"],
];

// On a border between panels, and only there.
const EDGE_KEYS = [
  [["←", "→"], ["ArrowLeft", "ArrowRight"], "move", "key.edge.move"],
  [["Home"], ["Home"], "least", "key.edge.least"],
  [["End"], ["End"], "most", "key.edge.most"],
  [["0"], ["0"], "usual", "key.edge.usual"],
  [["Enter"], ["Enter"], "fold", "key.edge.fold"],
];

// The sheet, by where keys act.
export const SHEET = Object.entries({ selecting: SELECTING, coding: CODING, page: PAGE, tree: TREE_KEYS, cards: CARD_KEYS, edges: EDGE_KEYS });

const byKey = (keys) => new Map(keys.flatMap(([, matched, action]) => matched.map((key) => [key, action])));
const BY_KEY = byKey(KEYS);
const BY_CARD_KEY = byKey(CARD_KEYS);
const BY_EDGE_KEY = byKey(EDGE_KEYS);

export function pressed(event) {
  // Where brackets are typed with AltGr (azerty), Windows holds it for Ctrl with Alt; on a Mac it is Alt alone.
  const typed = event.getModifierState?.("AltGraph") || (event.altKey && "[]".includes(event.key));
  const [ctrl, alt] = typed ? [false, false] : [event.ctrlKey || event.metaKey, event.altKey];
  const key = event.key.length === 1 && ctrl ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (key.length > 1 || ctrl || "<>?".includes(key));
  return `${ctrl ? "Ctrl+" : ""}${alt ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

// The digit of a key, or "": where digits are typed with Shift (azerty), their keys do without it too.
export function digitOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return "";
  if (/^[0-9]$/.test(event.key)) return event.key;
  const free = !event.shiftKey && event.key.length === 1 && !BY_KEY.has(event.key);
  return (free && /^Digit([0-9])$/.exec(event.code || "")?.[1]) || "";
}

export function actionOf(event) {
  return BY_KEY.get(pressed(event)) || BY_KEY.get(digitOf(event));
}

export function cardActionOf(event) {
  return BY_CARD_KEY.get(pressed(event));
}

export function edgeActionOf(event) {
  return BY_EDGE_KEY.get(pressed(event));
}

// Letters never act while somebody types.
export function typing(target) {
  return Boolean(target.closest?.("input, textarea, select, [contenteditable], dialog"));
}
