// What the player finds on its page; the page has all the words, none stands in a script.

import { all, one } from "../elements.js";

export const audio = one("audio", HTMLAudioElement);
export const track = one("track", HTMLTrackElement, audio);
export const player = one(".player", HTMLElement);
export const words = /** @type {Record<string, string>} */ (player.dataset);
export const button = one(".play", HTMLButtonElement, player);
export const line = one(".line", HTMLInputElement, player);
export const text = one("#text", HTMLElement);
export const sentences = all("span[id]", HTMLElement, text);
export const isQuiet = "quiet" in words;

/** How many sentences each paragraph has. */
export const paragraphs = all("p", HTMLElement, text).map(
  (each) => all("span[id]", HTMLElement, each).length,
);
