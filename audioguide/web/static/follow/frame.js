// What stands around a followed stop, in another language: the page is not loaded anew, which would
// end the sound.

import { one } from "../elements.js";
import { Refusal, ask } from "../group/request.js";

const FRAME = [".skip", "header", "footer"];

export class Frame {
  #framed = document.documentElement.lang;
  #wanted = this.#framed;
  #isFraming = false;
  #links;

  /** @param {HTMLAnchorElement[]} links to the page in each language */
  constructor(links) {
    this.#links = links;
  }

  // What stands around is the server's: the page is asked for in the new language, and its words are
  // put where the old ones stand. Asking also has the choice remembered.
  /** @param {string} language */
  async speak(language) {
    this.#wanted = language;
    if (this.#isFraming || this.#framed === language) return;
    this.#isFraming = true;
    try {
      const link = this.#links.find((each) => each.hreflang === language);
      const there = await fetched(link?.href ?? "");
      for (const part of FRAME) reword(one(part, HTMLElement), one(part, Element, there));
      this.#framed = language;
    } catch {
      // No network: the next time that something is shown will do.
    }
    this.#isFraming = false;
    if (this.#framed === language && this.#wanted !== language) this.speak(this.#wanted);
  }
}

/** @param {string} address */
async function fetched(address) {
  const answer = await ask(address).catch((trouble) => {
    if (trouble instanceof Refusal) return trouble.answer; // it has a frame, too
    throw trouble;
  });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/**
 * @param {Node} here
 * @param {Node} there
 */
function reword(here, there) {
  if (here instanceof Text && there instanceof Text) here.data = there.data;
  if (here instanceof Element && there instanceof Element) {
    for (const name of ["aria-label", "aria-current", "href"]) {
      const said = there.getAttribute(name);
      if (said === null) here.removeAttribute(name);
      else here.setAttribute(name, said);
    }
  }
  here.childNodes.forEach((each, at) => reword(each, there.childNodes[at]));
}
