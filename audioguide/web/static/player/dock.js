// The player stays at the lower edge while its button, at its own place, is scrolled out of sight.

import { sound } from "./sound.js";
import { button, isQuiet, player } from "./stage.js";

const stage = /** @type {HTMLElement} */ (player.parentElement);

export function watchStage() {
  if (isQuiet || !window.ResizeObserver) return;
  /** @type {IntersectionObserver | undefined} */
  let watch;
  new ResizeObserver(() => {
    if (player.classList.contains("docked")) return; // the button is elsewhere: what was measured holds
    watch?.disconnect();
    watch = watchButton();
  }).observe(stage);
}

/** What of the place lies below the button is left out: without it there is nothing to pause with. */
function watchButton() {
  const below = stage.getBoundingClientRect().bottom - button.getBoundingClientRect().bottom;
  const watch = new IntersectionObserver(
    (seen) => {
      const newest = seen[seen.length - 1];
      dock(!newest.isIntersecting && newest.boundingClientRect.top < 0);
    },
    { rootMargin: `-${Math.max(0, Math.floor(below))}px 0px 0px` },
  );
  watch.observe(stage);
  return watch;
}

/** @param {boolean} isAway the button's own place is out of sight */
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
