// Every page: a text size that is remembered. Choosing one needs no script, remembering does.

import { all } from "./elements.js";
import { recall, remember } from "./memory.js";

const kept = recall("localStorage", "size");
for (const size of all("input[name=size]", HTMLInputElement)) {
  size.checked = kept === null ? size.checked : size.value === kept;
  size.addEventListener("change", () => {
    show(size.value);
    remember("localStorage", "size", size.value);
  });
}
if (kept !== null) show(kept);

/** @param {string} size */
function show(size) {
  document.documentElement.dataset.size = size; // for browsers older than :has()
}
