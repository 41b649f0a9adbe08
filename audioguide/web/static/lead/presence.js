// Who follows, and what may be said here, as the server tells the guide every second.

import { all, one } from "../elements.js";
import { room, words, write } from "./page.js";

/** @typedef {[number, number, number]} Counts following, in step, behind */

const names = /** @type {Record<string, string>} */ (JSON.parse(words.names));
const counts = one(".counts", HTMLElement, room);
const languages = one(".languages", HTMLElement, room);
const points = one(".points", HTMLElement, room);
const said = one("div", HTMLElement, points);

/** @param {Record<string, Counts>} present by language */
export function showCounts(present) {
  const sums = [0, 0, 0];
  for (const each of Object.values(present)) each.forEach((count, at) => (sums[at] += count));
  const spoken = Object.entries(present).filter(([, [following]]) => following);
  const filled = sums.reduce((text, sum, at) => text.replace(`{${at}}`, String(sum)), words.counts);
  write(counts, filled);
  write(languages, spoken.map(([each, [following]]) => `${names[each]} ${following}`).join(" · "));
}

/** @param {string[]} paragraphs */
export function showPoints(paragraphs) {
  const shown = all("p", HTMLElement, said).map((each) => each.textContent);
  if (paragraphs.join() === shown.join()) return;
  said.replaceChildren(
    ...paragraphs.map((each) => Object.assign(document.createElement("p"), { textContent: each })),
  );
  points.hidden = paragraphs.length === 0;
}
