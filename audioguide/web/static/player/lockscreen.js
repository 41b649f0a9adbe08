// What the lock screen shows and asks for, and the way on from there.

import { find } from "../elements.js";
import { recall, remember } from "../memory.js";
import { at, length, play, seek } from "./sound.js";
import { audio, isQuiet, words } from "./stage.js";

const GOES_ON = "goes on";

export function announce() {
  const session = navigator.mediaSession;
  if (!session) return;
  const picture = find("main img:not(.drawn)", HTMLImageElement);
  session.metadata = new MediaMetadata({
    title: words.title,
    artist: words.museum,
    album: words.hall,
    artwork: picture ? [{ src: picture.currentSrc || picture.src }] : [],
  });
  /** @type {[MediaSessionAction, MediaSessionActionHandler | null][]} */
  const wishes = [
    ["play", play],
    ["pause", () => audio.pause()],
    ["seekto", (asked) => seek(Number(asked.seekTime))],
    ["nexttrack", way("next")],
    ["previoustrack", way("prev")],
    // No seekbackward or seekforward: iPhones would show them in place of the ways on.
  ];
  for (const [wish, answer] of wishes) {
    try {
      session.setActionHandler(wish, answer);
    } catch {
      // An older browser does not know this wish.
    }
  }
}

export function reportPosition() {
  const session = navigator.mediaSession;
  if (!session) return;
  session.playbackState = audio.paused ? "paused" : "playing";
  session.setPositionState?.({
    duration: length(),
    playbackRate: audio.playbackRate,
    position: Math.min(at(), length()),
  });
}

// Who asked for the next stop on a locked phone while listening goes on listening there, unless
// something should be read first. Nothing else ever starts by itself.
export function goOn() {
  const there = recall("sessionStorage", GOES_ON);
  remember("sessionStorage", GOES_ON, null);
  if (there === location.pathname && !isQuiet && !find("aside.note", HTMLElement)) play();
}

/** @param {"next" | "prev"} rel */
function way(rel) {
  const link = find(`a[rel=${rel}]`, HTMLAnchorElement);
  if (!link) return null;
  return () => {
    if (!audio.paused) remember("sessionStorage", GOES_ON, link.pathname);
    location.assign(link.href);
  };
}
