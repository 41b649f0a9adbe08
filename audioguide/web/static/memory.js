// What a browser remembers for the pages.

// Storage may be forbidden (a private window, a strict setting): then nothing is remembered.
// What lies in localStorage is a habit (speed, text size); where somebody was listening is kept
// for this tab alone and for an hour, since at a kiosk the tab is the next visitor's too.
/** @typedef {"localStorage" | "sessionStorage"} Memory */

/**
 * @param {Memory} storage
 * @param {string} key
 * @returns {string | null}
 */
export function recall(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {Memory} storage
 * @param {string} key
 * @param {string | null} value null has it forgotten
 */
export function remember(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
  } catch {
    // Nothing to do: the page works without memory.
  }
}
