// The page is scrolled along with what is heard, until somebody scrolls by hand.

import { one } from "../elements.js";
import { recall, remember } from "../memory.js";
import { bringMarkedIntoView, likesCalm } from "./sentences.js";
import { audio, isQuiet, player } from "./stage.js";

const SCROLLS = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "];

const follow = one(".follow", HTMLButtonElement, player);

let isFollowing = false;

/** Follow as somebody likes to. */
export function beginFollowing() {
  setFollowing(likesToFollow());
}

export function chooseFollowing() {
  setFollowing(!isFollowing);
  remember("localStorage", "follow", isFollowing ? "yes" : "no");
  if (isFollowing) bringMarkedIntoView();
}

export function followSound() {
  if (isFollowing && !audio.paused) bringMarkedIntoView();
}

/** @param {Event} event by which the page may be scrolled by hand */
export function noticeScrolling(event) {
  if (event.defaultPrevented || audio.paused) return;
  if (player.contains(/** @type {Node} */ (event.target))) return;
  if (!(event instanceof KeyboardEvent) || SCROLLS.includes(event.key)) setFollowing(false);
}

/** @param {boolean} whether */
function setFollowing(whether) {
  isFollowing = whether;
  follow.setAttribute("aria-pressed", String(whether));
}

function likesToFollow() {
  if (isQuiet) return false; // the player stands below the text: it would scroll out of reach
  return (recall("localStorage", "follow") ?? (likesCalm() ? "no" : "yes")) === "yes";
}
