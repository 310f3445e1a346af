"use strict";
// Shows the passages behind a cell. Cells of tables are buttons; those of drawings become one here.
const data = JSON.parse(document.getElementById("passages").textContent);
const box = document.getElementById("behind");
const [head, close] = [box.querySelector("h2"), box.querySelector("button")];
const [count, list] = [box.querySelector(".count"), box.querySelector(".list")];

const made = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

const passage = (number) => {
  const [text, cited, about, flagged] = data.passages[number];
  const voice = made("figure", "voice", "");
  const quote = made("blockquote", "", text);
  quote.dir = "auto";
  const caption = made("figcaption", "", `${cited} `);
  if (flagged) {
    const flag = made("abbr", "flag", "▲");
    flag.title = data.words.flag;
    caption.append(flag, " ");
  }
  caption.append(made("span", "about", about));
  voice.append(quote, caption);
  return voice;
};

const show = (key) => {
  const [title, numbers] = data.cells[key];
  head.textContent = title;
  count.textContent = numbers.length === 1 ? data.words.one : data.words.many.replace("{n}", numbers.length);
  list.replaceChildren(...numbers.map(passage));
  box.showModal();
  box.scrollTop = 0;
};

close.addEventListener("click", () => box.close());
box.addEventListener("click", (event) => event.target === box && box.close());
for (const button of document.querySelectorAll("button[data-cell]")) {
  button.addEventListener("click", () => show(button.dataset.cell));
}

const middle = (element) => {
  const where = element.getBoundingClientRect();
  return [where.left + where.width / 2, where.top + where.height / 2];
};

// The nearest cell in a direction; a step aside costs more than one ahead.
const beside = (cells, from, key) => {
  const [x, y] = middle(from);
  const ahead = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  let best = null;
  for (const cell of cells) {
    const [dx, dy] = middle(cell).map((value, axis) => value - [x, y][axis]);
    const along = dx * ahead[0] + dy * ahead[1];
    const aside = Math.abs(dx * ahead[1]) + Math.abs(dy * ahead[0]);
    if (along > 1 && (best === null || along + 4 * aside < best[0])) best = [along + 4 * aside, cell];
  }
  return best && best[1];
};

for (const drawing of document.querySelectorAll(".drawing svg")) {
  const keyOf = (cell) => cell.id.replace(/^f\d+-cell-/, "");
  const cells = [...drawing.querySelectorAll("g[id*='-cell-']")].filter((cell) => keyOf(cell) in data.cells);
  if (cells.length) drawing.setAttribute("role", "group");
  cells.forEach((cell, place) => {
    cell.setAttribute("class", "cell");
    cell.setAttribute("role", "button");
    cell.setAttribute("aria-haspopup", "dialog");
    cell.setAttribute("aria-label", data.cells[keyOf(cell)][0]);
    cell.setAttribute("tabindex", place ? "-1" : "0");
    cell.addEventListener("click", () => show(keyOf(cell)));
    cell.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") show(keyOf(cell));
      else if (event.key.startsWith("Arrow")) {
        const next = beside(cells, cell, event.key);
        if (next === null) return;
        cell.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      } else return;
      event.preventDefault();
    });
  });
}
