// What the guide's page has of its own: its room, the words that it says, and how it writes them.

import { one } from "../elements.js";

export const room = one(".leading", HTMLElement);
export const words = /** @type {Record<string, string>} */ (room.dataset);

/**
 * What has not changed is not written again: a screen reader would begin anew.
 * @param {Element} element
 * @param {string} said
 */
export function write(element, said) {
  if (element.textContent !== said) element.textContent = said;
}
