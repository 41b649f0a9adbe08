// What breaks or keeps somebody waiting: one try with the other format, then a word and two ways out.

import { find, one } from "../elements.js";
import { at, isWebm, play, reload, sound } from "./sound.js";
import { audio, button, words } from "./stage.js";

const PATIENCE_MS = 8000; // how long a sound may keep somebody waiting without a word
const CUT_S = 1; // a sound that ends so much before its time is broken

const trouble = one(".trouble", HTMLElement);
const help = one(".help", HTMLTemplateElement);

let heard = { to: 0, at: 0 }; // the last second that surely sounded, and when
/** @type {number | undefined} */
let patience;

/** Notice to where it surely sounds. */
export function noticeHeard() {
  if (!audio.ended) heard = { to: at(), at: Date.now() };
}

export function beginWaiting() {
  endWaiting();
  patience = setTimeout(complain, PATIENCE_MS);
}

export function endWaiting() {
  clearTimeout(patience);
}

/** It sounds. */
export function forget() {
  endWaiting();
  trouble.replaceChildren();
  sound.tries = 0;
}

export function breakDown(goesOn = !audio.paused) {
  endWaiting();
  sound.begin = at();
  if (!isWebm()) {
    complain();
    audio.pause();
    return;
  }
  reload();
  if (goesOn) play();
}

// Some browsers leap from the place where a file breaks to its end. What a sleeping phone did not
// tell has passed by the clock.
export function noticeEnd() {
  const passed = (audio.playbackRate * (Date.now() - heard.at)) / 1000;
  if (!isWebm() || heard.to + passed > Number(words.seconds) - CUT_S) return;
  sound.begin = heard.to;
  breakDown(true);
}

function complain() {
  const said = /** @type {DocumentFragment} */ (help.content.cloneNode(true));
  // A sound that is gone has a new name in the page of today.
  one("a", HTMLAnchorElement, said).hidden = sound.tries === 0;
  find("button", HTMLButtonElement, said)?.addEventListener("click", () => {
    button.focus();
    trouble.replaceChildren();
    reload();
    play();
  });
  trouble.replaceChildren(said);
}
