// The stop where a group is, as both pages show it: number, title, and the text with what is due.

import { find, one } from "../elements.js";

/** @import {Visit} from "./group.js" */

export class Stop {
  #number;
  #title;
  #shown = "";
  /** @type {Element | null} */
  #marked = null;

  /**
   * @param {HTMLElement} room
   * @param {(sentence: HTMLElement) => void} dress makes of a sentence what the page needs
   */
  constructor(room, dress = () => {}) {
    this.dress = dress;
    this.text = one("#text", HTMLElement);
    this.#number = one(".number", HTMLElement, room);
    this.#title = one("h1 .title", HTMLElement, room);
  }

  /**
   * @param {Visit} visit
   * @param {string} language
   * @returns {boolean} whether it was not shown before
   */
  show(visit, language) {
    const shown = `${visit.of} ${language}`;
    if (shown === this.#shown) return false;
    const words = visit.words[language];
    this.#shown = shown;
    this.#number.textContent = String(visit.number);
    this.#title.innerHTML = words.heading; // of our own server, as the stop's page has it
    this.#title.lang = this.text.lang = words.language;
    this.#title.dir = this.text.dir = words.direction;
    let count = 0;
    this.text.replaceChildren(
      ...words.paragraphs.map((sentences) => {
        const paragraph = document.createElement("p");
        for (const sentence of sentences) paragraph.append(this.#sentence(sentence, count++), " ");
        return paragraph;
      }),
    );
    this.#marked = null;
    return true;
  }

  /**
   * @param {string} words
   * @param {number} number
   */
  #sentence(words, number) {
    const span = document.createElement("span");
    span.textContent = words;
    span.dataset.sentence = String(number);
    this.dress(span);
    return span;
  }

  /** @param {number | null} sentence */
  mark(sentence) {
    const wanted = `[data-sentence="${sentence}"]`;
    const next = sentence === null ? null : find(wanted, HTMLElement, this.text);
    if (next === this.#marked) return;
    this.#marked?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    this.#marked = next;
  }

  // Next time all of it is shown anew.
  forget() {
    this.#shown = "";
  }
}

/**
 * @param {Event} event
 * @returns {number | null} the sentence of a group's text that was touched
 */
export function touched(event) {
  const { sentence } = /** @type {HTMLElement} */ (event.target).dataset;
  return sentence === undefined ? null : Number(sentence);
}
