// When each sentence is heard. A sentence is a number here, as everywhere in the player: its place
// in the text of the page.

import { reached } from "../rows.js";

const EARLY_S = 0.05; // a browser that was sent to a cue may stand a little before it

/** @typedef {{second: number, sentence: number | undefined}} Part of a sound, from a second on */

export class Cues {
  /** @param {Part[]} parts in order */
  constructor(parts = []) {
    this.parts = parts;
  }

  /** The first sentence that is heard and stands in the text. */
  get first() {
    return this.parts.find((part) => part.sentence !== undefined)?.sentence;
  }

  /** @param {number} sentence */
  secondOf(sentence) {
    return this.parts.find((part) => part.sentence === sentence)?.second;
  }

  /**
   * @param {number} second
   * @returns {number | undefined} none before the first, and where what is heard is not in the text
   */
  sentenceAt(second) {
    return this.parts[partAt(this.parts, second)]?.sentence;
  }

  /**
   * Where the part begins that is so many further on, or back; none behind the last.
   * @param {number} second
   * @param {number} step
   */
  turned(second, step) {
    return this.parts[Math.max(partAt(this.parts, second) + step, 0)]?.second;
  }

  get isEmpty() {
    return this.parts.length === 0;
  }
}

/**
 * @param {Part[]} parts
 * @param {number} second
 */
function partAt(parts, second) {
  const begins = parts.map((part) => part.second);
  return reached(begins, second + EARLY_S);
}

/**
 * Find for what was spoken where it stands in the text. A sound older than its text speaks some
 * sentences that still stand there, and some that do not.
 * @param {{second: number, words: string}[]} spoken
 * @param {string[]} sentences
 * @param {boolean} isCurrent the sound was made of this text
 */
export function matched(spoken, sentences, isCurrent) {
  const numbers = new Map(sentences.map((each, number) => [plain(each), number]));
  const isSame = isCurrent && spoken.length === sentences.length;
  return new Cues(
    spoken.map(({ second, words }, number) => ({
      second,
      sentence: isSame ? number : numbers.get(plain(words)),
    })),
  );
}

/** @param {string} words */
function plain(words) {
  return words.replace(/\s+/g, " ").trim();
}
