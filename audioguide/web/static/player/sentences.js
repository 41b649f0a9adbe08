// The sentences of the text: one is marked while it is heard, and each can be chosen.

import { all, find } from "../elements.js";
import { arrive, hear, sound } from "./sound.js";
import { isQuiet, player, sentences, text, track, words } from "./stage.js";
import { matched } from "./cues.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

let marked = -1;

export const markedSentence = () => marked;
export const likesCalm = () => calm.matches;

export function readCues() {
  const cues = /** @type {VTTCue[]} */ ([...(track.track.cues ?? [])]);
  const spoken = cues.map((cue) => ({
    second: cue.startTime,
    words: cue.getCueAsHTML().textContent ?? "",
  }));
  const written = sentences.map((each) => each.textContent ?? "");
  sound.cues = matched(spoken, written, "current" in words);
  const { first } = sound.cues;
  text.classList.toggle("heard", first !== undefined);
  find(".hint", HTMLElement)?.classList.toggle("gone", first === undefined);
  if (first !== undefined && (sound.begun || !isQuiet)) reach(first);
  arrive();
}

/**
 * Mark a sentence, or none.
 * @param {number} sentence -1 is none
 * @returns {boolean} whether another one is marked now
 */
export function mark(sentence) {
  if (sentence === marked) return false;
  sentences[marked]?.removeAttribute("aria-current");
  sentences[sentence]?.setAttribute("aria-current", "true");
  marked = sentence;
  if (sentence >= 0 && !text.contains(document.activeElement)) reach(sentence);
  return sentence >= 0;
}

export function bringMarkedIntoView() {
  if (marked < 0) return;
  const { top, bottom } = sentences[marked].getBoundingClientRect();
  const room = innerHeight - (player.classList.contains("docked") ? player.offsetHeight : 0);
  if (top > 0.1 * room && bottom < 0.9 * room) return;
  const behavior = likesCalm() ? "auto" : "smooth";
  sentences[marked].scrollIntoView({ block: "center", behavior });
}

// The text stays text: of all its sentences one can be reached with Tab, and from it the others
// with the arrow keys, so that nobody has to pass twenty buttons to read five paragraphs.
/** @param {number} sentence */
function reach(sentence) {
  for (const each of all("[role=button]", HTMLElement, text)) {
    each.removeAttribute("role");
    each.removeAttribute("tabindex");
  }
  sentences[sentence].setAttribute("role", "button");
  sentences[sentence].tabIndex = 0;
}

/** @param {KeyboardEvent} event */
export function chooseByKey(event) {
  const here = sentences.findIndex((each) => each === event.target);
  if (here < 0) return;
  const onward = getComputedStyle(sentences[here]).direction === "rtl" ? -1 : 1;
  const next = here + onward * ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0);
  if (event.key === "Enter" || event.key === " ") hear(here);
  else if (next !== here && sentences[next]) {
    reach(next);
    sentences[next].focus();
  } else return;
  event.preventDefault();
}

/** @param {MouseEvent} event */
export function chooseByTap(event) {
  const tapped = /** @type {Element} */ (event.target).closest("#text span[id]");
  const sentence = sentences.findIndex((each) => each === tapped);
  const isFree = sound.begun || !isQuiet;
  if (sentence >= 0 && isFree && getSelection()?.isCollapsed) hear(sentence);
}
