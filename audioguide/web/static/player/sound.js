// The sound of a stop: where it is, or where it will be once the browser has it.

import { Cues } from "./cues.js";
import { audio, sentences, track, words } from "./stage.js";

const CUES_MS = 3000; // how long it may be silent until the cues say where a sentence is

/** The event of the audio element that tells of a new place. */
export const PLACED = "placed";

export const sound = {
  begun: false, // somebody has listened, or chosen where to
  when: Date.now(), // somebody last listened, or chose where to
  cues: new Cues(),
  tries: 0,
  /** @type {number | null} where to begin, until the browser knows the sound */
  begin: null,
  /** @type {number | null} the sentence to go to, once the cues say where it is; -1 is none */
  awaited: null,
};

let fallback = 0; // the part of the sound to go to if the cues never come
let last = 0; // where it was when it was lost

export const at = () => sound.begin ?? audio.currentTime;
export const length = () =>
  Number.isFinite(audio.duration) ? audio.duration : Number(words.seconds);

/** Notice where the sound is. */
export function notice() {
  last = audio.currentTime || last;
  if (!audio.paused) sound.when = Date.now();
}

export function play() {
  sound.begun = true;
  if (audio.error || audio.networkState === 3) reload(); // it failed, and would not try again by itself
  wantCues();
  audio.muted = sound.awaited !== null; // play() must follow the tap at once; the cues may be a moment late
  if (sound.awaited !== null) setTimeout(arrive, CUES_MS); // or never come
  // A refusal shows in the events, or it is the browser's own will.
  audio.play().catch(() => {});
}

/** @param {number} second where somebody chose to listen */
export function seek(second) {
  sound.when = Date.now();
  goTo(second);
}

/** @param {number} second */
export function goTo(second) {
  const there = Math.min(Math.max(second, 0), length());
  sound.begun = true;
  sound.awaited = null;
  audio.muted = false;
  if (audio.readyState) audio.currentTime = there;
  else sound.begin = there;
  audio.dispatchEvent(new Event(PLACED));
}

/** @param {number} sentence that somebody chose to hear */
export function hear(sentence) {
  const second = sound.cues.secondOf(sentence);
  if (second !== undefined) seek(second);
  else if (track.readyState < 2) awaitCues(sentence, sentence / sentences.length);
  else return;
  play();
}

/**
 * Go to a sentence as soon as the cues say where it is.
 * @param {number} sentence -1 is none
 * @param {number} part of the sound, from 0 to 1, to go to if they do not
 */
export function awaitCues(sentence, part) {
  sound.awaited = sentence;
  fallback = part;
}

/** The cues are there, or will not come any more. */
export function arrive() {
  if (sound.awaited !== null) goTo(sound.cues.secondOf(sound.awaited) ?? fallback * length());
}

export function wantCues() {
  if (track.track.mode === "disabled") track.track.mode = "hidden";
}

/** What has broken once would break again: from here on it is the MP3. */
export function reload() {
  sound.tries += 1;
  sound.begin = at();
  webm()?.remove();
  audio.load();
}

/** The browser knows the sound. */
export function settle() {
  if (sound.begin !== null) audio.currentTime = sound.begin;
  sound.begin = null;
}

/** The browser has let it go. */
export function lose() {
  sound.begin ??= last;
}

export const isWebm = () => webm()?.src === audio.currentSrc;

function webm() {
  return /** @type {HTMLSourceElement | null} */ (audio.querySelector("source[type*=webm]"));
}
