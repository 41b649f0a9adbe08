// The place of a sentence in a text, told so that the same thought is found in another language.

import { reached } from "../rows.js";

/**
 * @typedef {object} Place of a sentence; all are numbers from 0, -1 for none
 * @property {number} number in the text
 * @property {number} of how many sentences the text has
 * @property {number} paragraph
 * @property {number} within its paragraph
 * @property {number} among how many sentences of that paragraph
 */

/**
 * @param {number} number of the sentence; -1 for none
 * @param {number[]} paragraphs how many sentences each has
 * @returns {Place}
 */
export function placeOf(number, paragraphs) {
  const begins = begun(paragraphs);
  const of = begins[paragraphs.length];
  const paragraph = reached(begins, number);
  const among = paragraphs[paragraph] ?? 0;
  return { number, of, paragraph, within: among ? number - begins[paragraph] : -1, among };
}

/**
 * The sentence of a text that says what was said at a place of another one.
 * @param {Place} place
 * @param {number[]} paragraphs of this text: how many sentences each has
 * @returns {number} -1 where no sentence was kept
 */
export function counterpart(place, paragraphs) {
  const begins = begun(paragraphs);
  const count = begins[paragraphs.length];
  if (place.number < 0) return -1;
  if (place.of === count) return place.number;
  const own = paragraphs[place.paragraph];
  if (own) return begins[place.paragraph] + Math.floor((place.within / place.among) * own);
  return Math.floor((place.number / place.of) * count);
}

/**
 * @param {number[]} paragraphs
 * @returns {number[]} the first sentence of each, and how many there are in all
 */
function begun(paragraphs) {
  const begins = [0];
  for (const count of paragraphs) begins.push(begins[begins.length - 1] + count);
  return begins;
}
