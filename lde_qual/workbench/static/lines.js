// Where the system's few colours replace all others, codes are told apart by lines: each has a style, a weight and a
// height below the words. No twelve that follow each other in the tree have the same, and neighbours differ in both.

// As [style, weight under words, weight as a border]: a double border needs room for two.
const STYLES = [["solid", "1px", "1px"], ["dashed", "2px", "2px"], ["double", "1px", "4px"], ["solid", "3px", "4px"]];
const HEIGHTS = ["2px", "6px", "10px"];

// The line of a code, as properties that the styles of what stands beside the text make use of.
export function lineOf(index) {
  const [style, weight, border] = STYLES[index % STYLES.length];
  return { "--line": `underline ${style} ${weight}`, "--height": HEIGHTS[index % HEIGHTS.length], "--edge": `${border} ${style}` };
}

// The rule of a code's highlight.
export function codeRule(index) {
  const line = lineOf(index);
  return `background-color: transparent; text-decoration: ${line["--line"]} CanvasText; text-underline-offset: ${line["--height"]};`;
}

// What is no coding of itself has its line above the words, waves, or fills its ground.
export const OTHER_RULES = {
  suggested: "text-decoration: overline dotted 2px CanvasText;",
  blind: "text-decoration: overline dashed 1px CanvasText;",
  noted: "text-decoration: underline wavy 1px CanvasText; text-underline-offset: 12px;",
  weighed: "text-decoration: overline dotted 4px CanvasText;",
  found: "background-color: Mark; color: MarkText;",
  chosen: "text-decoration: overline solid 3px Highlight;",
  pending: "background-color: Highlight; color: HighlightText;",
};
