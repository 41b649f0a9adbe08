// Where somebody was, for an hour: by sentence, so that another language goes on at the same thought.

import { recall, remember } from "../memory.js";
import { counterpart, placeOf } from "./place.js";
import { markedSentence } from "./sentences.js";
import { at, awaitCues, goTo, length, sound, wantCues } from "./sound.js";
import { audio, paragraphs, words } from "./stage.js";

const KEPT_MS = 3_600_000; // a visit, and not the next visitor's

export function keepPlace() {
  if (!sound.begun || sound.awaited !== null) return;
  const here = { when: sound.when, sound: words.sound, second: at(), part: at() / length() };
  const kept = { ...placeOf(markedSentence(), paragraphs), ...here };
  remember("sessionStorage", words.stop, audio.ended ? null : JSON.stringify(kept));
}

export function resume() {
  const kept = recalled();
  if (![kept?.second, kept?.part, kept?.when].every(Number.isFinite)) return;
  if (Date.now() - kept.when > KEPT_MS) return;
  sound.when = kept.when; // it grows no younger by being looked at
  wantCues();
  if (kept.sound === words.sound) {
    goTo(kept.second);
    return;
  }
  sound.begun = true;
  awaitCues(counterpart(kept, paragraphs), kept.part);
}

function recalled() {
  try {
    return JSON.parse(recall("sessionStorage", words.stop) ?? "null");
  } catch {
    return null; // something else lies there: begin at the beginning
  }
}
