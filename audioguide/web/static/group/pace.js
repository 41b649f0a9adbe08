// Which sentence of a stop is due, reckoned from the same cues as services/groups/pacing.py does.

import { reached } from "../rows.js";

/** @typedef {[number, number]} Cue begin and end of a sentence in its own sound, in ms */
/** @typedef {{playing: boolean, sentence: number, at_ms: number}} Command of the guide, from a moment on */
/** @typedef {{sentence: number, second: number, moves: boolean, over?: boolean}} Due */
/**
 * @typedef {object} Steps of a stop: when each sentence begins for everybody, and the last one ends
 * @property {number[]} begins_ms
 * @property {number} ends_ms
 * @property {Record<string, {cues: Cue[]}>} words by language
 */

/**
 * Where a language should be at a moment. It does not move while it waits: for the guide, for the
 * moment that was said, or for a slower language.
 * @param {Command} command
 * @param {Steps} steps
 * @param {string} language
 * @param {number} now the server's time, in ms
 * @returns {Due}
 */
export function due(command, steps, language, now) {
  const begins = steps.begins_ms;
  const cues = steps.words[language]?.cues ?? [];
  const from = within(begins, command.sentence);
  const passed = now - command.at_ms;
  if (!command.playing || passed < 0 || begins.length === 0) return waiting(cues, from);
  const at = begins[from] + passed;
  if (at >= steps.ends_ms) return { ...waiting(cues, begins.length - 1), over: true };
  const sentence = reached(begins, at);
  if (sentence >= cues.length) return waiting(cues, sentence);
  const into = at - begins[sentence];
  const start = cues[sentence][0];
  const lasts = (cues[sentence + 1]?.[0] ?? cues[sentence][1]) - start;
  return { sentence, second: (start + Math.min(into, lasts)) / 1000, moves: into < lasts };
}

/**
 * How long a stop still lasts for everybody, in ms; null where nothing sounds.
 * @param {Command} command
 * @param {Steps} steps
 * @param {number} now the server's time, in ms
 * @returns {number | null}
 */
export function left(command, steps, now) {
  const begins = steps.begins_ms;
  if (begins.length === 0) return null;
  const passed = command.playing ? Math.max(now - command.at_ms, 0) : 0;
  return Math.max(steps.ends_ms - begins[within(begins, command.sentence)] - passed, 0);
}

/**
 * @param {number[]} begins
 * @param {number} sentence
 */
function within(begins, sentence) {
  return Math.min(Math.max(sentence, 0), Math.max(begins.length - 1, 0));
}

/**
 * @param {Cue[]} cues
 * @param {number} sentence
 */
function waiting(cues, sentence) {
  const cue = cues[Math.min(sentence, cues.length - 1)];
  return { sentence, second: cue ? cue[0] / 1000 : 0, moves: false };
}
