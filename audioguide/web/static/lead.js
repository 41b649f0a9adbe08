// The guide's page: one thumb leads the group, and this phone may sound with it.

import { all, one } from "./elements.js";
import { Clock } from "./group/clock.js";
import { Group } from "./group/group.js";
import { due, left } from "./group/pace.js";
import { stayAwake } from "./group/screen.js";
import { Sound } from "./group/sound.js";
import { Stop, touched } from "./group/stop.js";
import { beHere, command, lookAround } from "./lead/desk.js";
import { room, words, write } from "./lead/page.js";
import { showCounts, showPoints } from "./lead/presence.js";
import { listenToSteps, showHere, showWay } from "./lead/way.js";
import { recall, remember } from "./memory.js";
import { minutes } from "./minutes.js";

/** @import {State, Visit} from "./group/group.js" */

const MARK_MS = 100;
const LOOK_MS = 1000;
const BEAT_MS = 30000;

const form = one("#wish", HTMLFormElement);
const version = one("#version", HTMLInputElement);
const play = one(".play", HTMLButtonElement);
const playLabel = one(".hidden", HTMLElement, play);
const status = one(".status", HTMLElement);
const elapsed = one(".elapsed", HTMLElement);
const choices = all("input[name=sound]", HTMLInputElement);
const pace = one(".pace", HTMLElement);
const timeLeft = one(".left", HTMLElement);
const silence = one(".silence", HTMLElement);

/** @type {number | null} */
let shownVisit = null;

const clock = new Clock();
const group = new Group(words.address, JSON.parse(words.begin), clock, show);
const sound = new Sound(one("audio", HTMLAudioElement), where, beQuiet);
const stop = new Stop(room, (sentence) => {
  sentence.setAttribute("role", "button");
  sentence.tabIndex = 0;
});

function language() {
  return choices.find((choice) => choice.checked)?.value ?? "";
}

function reading() {
  return language() || document.documentElement.lang;
}

/**
 * @param {Visit} visit
 * @param {string} spoken
 * @param {number} ahead in seconds
 */
function here(visit, spoken, ahead = 0) {
  const moment = clock.now() + 1000 * ahead;
  return due(group.holds(moment), visit, spoken, moment);
}

/** @param {number} ahead */
function where(ahead) {
  const { visit, state } = group;
  if (!language() || visit === null || state.stop === null) return null;
  return here(visit, language(), ahead);
}

// Showing

function show() {
  const { state, visit } = group;
  if (state.ended) location.assign("/lead/");
  version.value = String(state.version);
  showPlaying(state.playing);
  status.textContent = statusOf(state);
  if (visit !== null && stop.show(visit, reading())) showVisit(visit);
  showWay(state.stop);
}

/** @param {boolean} isPlaying */
function showPlaying(isPlaying) {
  room.classList.toggle("playing", isPlaying);
  play.value = isPlaying ? "pause" : "play";
  playLabel.textContent = isPlaying ? words.pause : words.playWord;
}

/** @param {State} state */
function statusOf(state) {
  if (group.isLost) return words.lost;
  if (state.stop === null) return words.closed;
  return "";
}

/** @param {Visit} visit */
function showVisit(visit) {
  silence.hidden = !visit.quiet;
  if (shownVisit !== null && shownVisit !== visit.of) showTop();
  shownVisit = visit.of;
  sound.load(language() ? visit.words[reading()].sound : null);
  showHere(group.state.stop);
}

// To number and title, which stay in sight; what stands above them is for the beginning and the end.
function showTop() {
  const { offsetTop, offsetHeight } = one(".end", HTMLElement);
  scrollTo(0, offsetTop + offsetHeight);
}

function mark() {
  if (group.visit === null) return;
  const there = here(group.visit, reading());
  stop.mark(group.holds(clock.now()).playing && !there.over ? there.sentence : null);
  if (there.over && group.state.playing) showPlaying(false);
}

function showPace() {
  const { visit } = group;
  if (visit === null) return;
  const now = clock.now();
  const ms = left(group.holds(now), visit, now);
  pace.hidden = false;
  if (ms === null) {
    write(timeLeft, words.silent);
    return;
  }
  pace.style.setProperty("--done", `${100 - (100 * ms) / visit.ends_ms}%`);
  const clocked = minutes(Math.ceil(ms / 1000));
  write(timeLeft, ms === 0 ? words.over : words.left.replace("{0}", clocked));
}

function showTime() {
  showPace();
  const passed = Math.max(0, Math.floor((clock.now() - Number(words.startedMs)) / 60000));
  elapsed.textContent = words.elapsed.replace("{0}", String(passed));
}

// Leading

/** @param {Record<string, string>} fields */
async function wish(fields) {
  room.classList.add("asking");
  try {
    await group.take(await command(group.state.version, fields));
  } catch {
    status.textContent = words.again;
  }
  room.classList.remove("asking");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (event.submitter);
  stayAwake();
  if (button.name === "stop") wish({ do: "stop", stop: button.value });
  else wish({ do: button.value });
});

listenToSteps(
  () => group.state.stop,
  (code) => wish({ do: "stop", stop: code }),
);

/** @param {Event} event */
function choose(event) {
  const sentence = touched(event);
  const isOtherKey = event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ";
  if (sentence === null || isOtherKey) return;
  event.preventDefault();
  wish({ do: "sentence", sentence: String(sentence) });
}

stop.text.addEventListener("click", choose);
stop.text.addEventListener("keydown", choose);

for (const choice of choices) {
  choice.addEventListener("change", () => {
    remember("sessionStorage", "lead-sound", language());
    stop.forget();
    show();
    if (language()) arm();
  });
}

// Who is refused a sound is not shown one that she would wait for in vain.
async function arm() {
  await sound.arm();
  if (!sound.isArmed) beQuiet();
}

function beQuiet() {
  for (const choice of choices) choice.checked = choice.value === "";
  stop.forget();
  show();
}

async function look() {
  const { points, present } = await lookAround();
  showCounts(present);
  showPoints(points);
}

const lookAgain = () => look().catch(() => {}); // what is not known now will be in a second

document.documentElement.classList.add("leads"); // room for the thumb row below everything
const kept = recall("sessionStorage", "lead-sound") ?? "";
for (const choice of choices) choice.checked = choice.value === kept;
await group.take(group.state).catch(() => {});
await clock.renew();
clock.keep();
stayAwake();
group.start();
if (language()) arm();
document.addEventListener("visibilitychange", () => document.hidden || stayAwake());
setInterval(mark, MARK_MS);
setInterval(showTime, 1000);
setInterval(lookAgain, LOOK_MS);
setInterval(beHere, BEAT_MS);
lookAgain();
beHere();
room.classList.add("ready");
