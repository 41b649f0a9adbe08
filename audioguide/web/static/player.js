// The player of a stop. The page is whole without it: the browser's own controls stay until all
// of this is set up, and give way only in the last lines.

import { all, one } from "./elements.js";
import { recall, remember } from "./memory.js";
import { keepPlace, resume } from "./player/bookmark.js";
import { sayTime, show, tell } from "./player/display.js";
import { watchStage } from "./player/dock.js";
import { beginFollowing, chooseFollowing, noticeScrolling } from "./player/following.js";
import { announce, goOn, reportPosition } from "./player/lockscreen.js";
import { chooseByKey, chooseByTap, readCues } from "./player/sentences.js";
import { PLACED, at, length, lose, play, seek, settle, sound, wantCues } from "./player/sound.js";
import { audio, button, isQuiet, line, player, text, track } from "./player/stage.js";
import { beginWaiting, breakDown, endWaiting, forget, noticeEnd } from "./player/trouble.js";

const JUMP_S = 10;
const STEP_S = 5; // an arrow key on the line

const speed = one(".speed", HTMLSelectElement, player);
const follow = one(".follow", HTMLButtonElement, player);

/** @param {KeyboardEvent} event on the line */
function slide(event) {
  const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
  const turn = { PageUp: 1, PageDown: -1 }[event.key];
  if (step) seek(at() + step * STEP_S);
  else if (turn && !sound.cues.isEmpty) seek(sound.cues.turned(at(), turn) ?? length());
  else return;
  event.preventDefault();
}

function setSpeed() {
  audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
}

function readCuesAndShow() {
  readCues();
  show();
}

function listen() {
  button.addEventListener("click", () => (audio.paused ? play() : audio.pause()));
  one(".back", HTMLButtonElement, player).addEventListener("click", () => seek(at() - JUMP_S));
  one(".ahead", HTMLButtonElement, player).addEventListener("click", () => seek(at() + JUMP_S));
  line.addEventListener("input", () => seek(Number(line.value)));
  line.addEventListener("keydown", slide);
  line.addEventListener("focus", sayTime);
  speed.addEventListener("change", () => {
    setSpeed();
    remember("localStorage", "speed", speed.value);
  });
  follow.addEventListener("click", chooseFollowing);
  text.addEventListener("keydown", chooseByKey);
  // On the document, so that no screen reader calls each sentence clickable.
  document.addEventListener("click", chooseByTap);
}

function attend() {
  /**
   * @param {string} types
   * @param {() => void} then
   */
  function on(types, then) {
    for (const type of types.split(" ")) audio.addEventListener(type, then);
  }
  on("loadedmetadata", settle);
  on("emptied", lose);
  on("play", beginFollowing);
  on("playing", () => {
    forget();
    announce();
  });
  on("waiting", beginWaiting);
  on("pause", endWaiting);
  on("pause ended", keepPlace);
  on(`loadedmetadata timeupdate seeked durationchange ${PLACED}`, show);
  on(PLACED, sayTime);
  on(PLACED, keepPlace);
  on("play playing waiting pause ended seeked emptied", tell);
  on("loadedmetadata play pause seeked ratechange", reportPosition);
  on("error", () => breakDown());
  on("ended", noticeEnd);
  const sources = all("source", HTMLSourceElement, audio);
  sources[sources.length - 1].addEventListener("error", () => breakDown());
  track.addEventListener("load", readCuesAndShow);
  track.addEventListener("error", readCuesAndShow);
  addEventListener("pagehide", keepPlace);
}

function watch() {
  for (const type of ["pointermove", "pointerdown", "keydown", "scroll"]) {
    addEventListener(type, wantCues, { once: true, passive: true });
  }
  for (const type of ["wheel", "touchmove", "keydown"]) {
    addEventListener(type, noticeScrolling, { passive: true });
  }
  watchStage();
}

const habit = [...speed.options].find((each) => each.value === recall("localStorage", "speed"));
if (habit) speed.value = habit.value;
setSpeed();
beginFollowing();
sound.begun = !audio.paused || audio.currentTime > 0; // with the browser's own controls, before this came
listen();
attend();
watch();
resume();
show();
tell();
announce();
player.hidden = false;
for (const each of all(".late", HTMLElement)) each.hidden = false;
audio.controls = false;
if (!isQuiet) text.classList.add("heard"); // iPhones report no tap on words without a pointer cursor
if (track.readyState > 1) readCuesAndShow(); // they were there before this came
goOn();
