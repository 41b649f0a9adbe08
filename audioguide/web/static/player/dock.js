// The player stays at the lower edge while its own place is scrolled out of sight.

import { sound } from "./sound.js";
import { button, isQuiet, player } from "./stage.js";

const stage = /** @type {HTMLElement} */ (player.parentElement);

export function watchStage() {
  if (isQuiet || !window.IntersectionObserver) return;
  new IntersectionObserver((seen) => {
    const newest = seen[seen.length - 1];
    dock(!newest.isIntersecting && newest.boundingClientRect.top < 0);
  }).observe(stage);
}

/** @param {boolean} isAway the player's own place is out of sight */
function dock(isAway) {
  const isDocked = isAway && sound.begun;
  if (player.classList.contains("docked") === isDocked) return;
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  stage.style.minHeight = isDocked ? `${stage.offsetHeight}px` : "";
  player.classList.toggle("docked", isDocked);
  document.documentElement.classList.toggle("docks", isDocked);
  const isLost = player.contains(focused) && !focused.offsetWidth; // there is no room for it any more
  if (isLost) button.focus({ preventScroll: true });
}
