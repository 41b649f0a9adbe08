// The way of the tour. Off it, it goes on from where it was left, and back to there.

import { all, one } from "../elements.js";
import { recall, remember } from "../memory.js";
import { words, write } from "./page.js";

const stops = all(".way [name=stop]", HTMLButtonElement); // of the tour in order
const choices = all("[name=stop]", HTMLButtonElement); // and the others
const steps = all("[data-step]", HTMLButtonElement);
const finish = one(".finish", HTMLButtonElement);
const [name, lasts] = all(".next > *", HTMLElement);

let place = Number(recall("sessionStorage", words.lead)) || 0; // the last one that was on the tour

/** @param {string | null} code of the stop where the group is */
export function showWay(code) {
  const at = stops.findIndex((each) => each.value === code);
  if (at >= 0 && at !== place) {
    place = at;
    remember("sessionStorage", words.lead, String(at));
  }
  for (const step of steps) step.hidden = stepped(step, code) === undefined;
  const next = stops[place + 1];
  finish.hidden = next !== undefined;
  write(name, next ? words.next.replace("{0}", named(next)) : words.last);
  write(lasts, next?.dataset.lasts ?? "");
}

/** @param {string | null} code */
export function showHere(code) {
  for (const choice of choices) {
    if (choice.value === code) choice.setAttribute("aria-current", "true");
    else choice.removeAttribute("aria-current");
  }
}

/**
 * Call back with the code of the stop that a step leads to.
 * @param {() => string | null} here
 * @param {(code: string) => void} go
 */
export function listenToSteps(here, go) {
  for (const step of steps) {
    step.type = "button";
    step.addEventListener("click", () => {
      const next = stepped(step, here());
      if (next) go(next.value);
    });
  }
}

finish.addEventListener("click", () => {
  const end = one(".end", HTMLDetailsElement);
  end.open = true;
  end.scrollIntoView();
  one("button", HTMLButtonElement, end).focus();
});

/**
 * @param {HTMLButtonElement} button
 * @param {string | null} code
 * @returns {HTMLButtonElement | undefined}
 */
function stepped(button, code) {
  const isOff = stops[place]?.value !== code;
  const step = Number(button.dataset.step);
  return stops[isOff && step < 0 ? place : place + step];
}

/** @param {HTMLButtonElement} stop */
function named(stop) {
  const [number, title] = ["b", "span"].map((each) => one(each, HTMLElement, stop));
  // One that runs the other way is isolated (UAX 9), or a mark at its end would change sides.
  const [begins, ends] = title.dir ? ["\u2068", "\u2069"] : ["", ""];
  return `${number.textContent}. ${begins}${title.textContent}${ends}`;
}
