// Every page: a text size that is remembered. Choosing one needs no script, remembering does.

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

/** @type {NodeListOf<HTMLInputElement>} */
const sizes = document.querySelectorAll("input[name=size]");
const kept = recall("localStorage", "size");
for (const size of sizes) {
  size.checked = kept === null ? size.checked : size.value === kept;
  size.addEventListener("change", () => {
    show(size.value);
    remember("localStorage", "size", size.value);
  });
}
if (kept !== null) show(kept);

function show(size) {
  document.documentElement.dataset.size = size; // for browsers older than :has()
}
