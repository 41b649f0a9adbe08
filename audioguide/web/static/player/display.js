// What the player shows and says: where the sound is, and what its button does.

import { all, one } from "../elements.js";
import { minutes } from "../minutes.js";
import { keepPlace } from "./bookmark.js";
import { followSound } from "./following.js";
import { mark } from "./sentences.js";
import { at, length, notice, sound } from "./sound.js";
import { audio, button, line, player, words } from "./stage.js";
import { noticeHeard } from "./trouble.js";

const label = one(".what", HTMLElement, player);
const [elapsed, total] = all(".times span", HTMLElement, player);

export function show() {
  notice();
  noticeHeard();
  line.max = String(length());
  line.value = String(at());
  line.style.setProperty("--done", `${(100 * at()) / length()}%`);
  elapsed.textContent = minutes(at());
  total.textContent = minutes(Math.round(length()));
  // A screen reader would read out each change of what has the focus.
  if (document.activeElement !== line) sayTime();
  if (!sound.begun || sound.awaited !== null) return;
  if (!mark(sound.cues.sentenceAt(at()) ?? -1)) return;
  keepPlace();
  followSound();
}

export function sayTime() {
  const said = words.time.replace("{at}", inWords(at())).replace("{all}", inWords(length()));
  line.setAttribute("aria-valuetext", said);
}

export function tell() {
  const isWaiting = !audio.paused && audio.readyState < 3;
  const rests = sound.begun && !audio.ended && at() > 1 ? words.goOn : words.listen;
  const what = audio.paused ? rests : isWaiting ? words.wait : words.pause;
  label.textContent = what;
  button.setAttribute("aria-label", what);
  player.classList.toggle("playing", !audio.paused);
}

/** @param {number} second */
function inWords(second) {
  const whole = Math.floor(second);
  const said = [counted("minute", Math.floor(whole / 60)), counted("second", whole % 60)];
  return (whole < 60 ? said.slice(1) : said).join(" ");
}

/**
 * @param {string} unit
 * @param {number} number
 */
function counted(unit, number) {
  const forms = JSON.parse(words[unit]);
  const form = new Intl.PluralRules(document.documentElement.lang).select(number);
  return (forms[form] ?? forms.other).replace("{0}", number);
}
