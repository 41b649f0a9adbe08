// A phone that follows a group: one tap arms the sound, then the guide leads.

import { all, one } from "./elements.js";
import { Frame } from "./follow/frame.js";
import { Report } from "./follow/report.js";
import { Clock } from "./group/clock.js";
import { Group } from "./group/group.js";
import { due } from "./group/pace.js";
import { stayAwake } from "./group/screen.js";
import { Sound } from "./group/sound.js";
import { Stop, touched } from "./group/stop.js";
import { recall, remember } from "./memory.js";
import { reached } from "./rows.js";

/** @import {State, Visit} from "./group/group.js" */
/** @typedef {Record<string, string>} Sayings what this page says in one language */

const MARK_MS = 100;
const REPORT_MS = 30000;
const LOOK_MS = 500; // what has changed and lasts from one look to the next is reported at once
const STEP_S = 10;

const room = one(".follow", HTMLElement);
const { address = "", begin = "", sayings: said = "" } = room.dataset;
const sayings = /** @type {Record<string, Sayings>} */ (JSON.parse(said));
const audio = one("audio", HTMLAudioElement);
const armButton = one(".arm", HTMLButtonElement);
const wayButton = one(".way", HTMLButtonElement);
const note = one("aside.note", HTMLElement, room);
const noteWords = one("p", HTMLElement, note);
const instead = one(".instead", HTMLElement);
const status = one(".status", HTMLElement);
const hall = one(".hall", HTMLElement);
const picture = one(".picture", HTMLElement);
const steps = all("[data-step]", HTMLElement);
const links = all("header nav a", HTMLAnchorElement);
const on = one(".on", HTMLAnchorElement);

let language = document.documentElement.lang;
/** @type {Visit | null} the visit that she listens to alone */
let own = null;
let wasOver = false;

const clock = new Clock();
const group = new Group(address, JSON.parse(begin), clock, show);
const sound = new Sound(audio, where, show);
const stop = new Stop(room);
const frame = new Frame(links);
const report = new Report(address, sound);

/**
 * @param {Visit} visit
 * @param {number} ahead in seconds
 */
function here(visit, ahead = 0) {
  const moment = clock.now() + 1000 * ahead;
  return due(group.holds(moment), visit, language, moment);
}

/** @param {number} ahead */
function where(ahead) {
  const { visit, state } = group;
  if (own !== null || visit === null || state.ended || state.stop === null) return null;
  return here(visit, ahead);
}

// Showing

function show() {
  const { state } = group;
  const visit = own ?? group.visit;
  const say = sayings[language];
  if (visit?.words[language] && stop.show(visit, language)) showWords(visit, say);
  showButtons(say);
  status.textContent = statusOf(state, visit, say);
  hall.textContent = say.group;
  on.hidden = !state.ended;
  on.textContent = say.on;
  if (!group.isLost) frame.speak(language);
  if (visit !== null) on.href = `/${language}/stops/${visit.slug}`;
}

/**
 * @param {State} state
 * @param {Visit | null} visit
 * @param {Sayings} say
 */
function statusOf(state, visit, say) {
  if (state.ended) return say.ended;
  if (group.isLost) return say.lost;
  if (own !== null) return say.own;
  if (state.stop === null) return say.closed;
  if (visit !== null && !visit.words[language]?.sound) return say.silent;
  if (!sound.isArmed) return say.armed_hint;
  if (visit?.quiet && !state.playing) return say.quiet;
  return state.playing && visit !== null && !here(visit).over ? say.playing : say.waiting;
}

/** @param {Sayings} say */
function showButtons(say) {
  const { ended } = group.state;
  armButton.textContent = say.arm;
  armButton.hidden = sound.isArmed || own !== null || ended;
  wayButton.textContent = own === null ? say.leave : say.rejoin;
  wayButton.hidden = ended || group.visit === null || (!sound.isArmed && own === null);
  audio.ariaLabel = say.sound;
  audio.controls = own !== null;
  audio.hidden = own === null;
  for (const step of steps) {
    step.hidden = own === null;
    step.setAttribute("aria-label", Number(step.dataset.step) < 0 ? say.back : say.ahead);
  }
}

/**
 * @param {Visit} visit
 * @param {Sayings} say
 */
function showWords(visit, say) {
  const words = visit.words[language];
  picture.innerHTML = words.picture ?? ""; // of our own server, too
  document.title = `${visit.number}. ${words.title} · ${say.museum}`;
  note.hidden = !words.content_note;
  noteWords.textContent = words.content_note ?? "";
  noteWords.lang = picture.lang = words.language;
  noteWords.dir = picture.dir = words.direction;
  instead.hidden = !words.instead;
  instead.textContent = words.instead ?? "";
  sound.load(words.sound);
  if (navigator.mediaSession) {
    const told = { title: words.title, artist: say.museum, album: say.museum };
    navigator.mediaSession.metadata = new MediaMetadata(told);
  }
}

function mark() {
  if (own !== null) {
    stop.mark(audio.paused ? null : reached(begins(own), 1000 * audio.currentTime));
    wasOver = false;
    return;
  }
  if (group.visit === null) return;
  const there = here(group.visit);
  const isOver = Boolean(there.over);
  if (isOver && !wasOver) show();
  wasOver = isOver;
  stop.mark(group.holds(clock.now()).playing && !isOver ? there.sentence : null);
}

/** @param {Visit} visit */
function begins(visit) {
  const cues = visit.words[language]?.cues ?? [];
  return cues.map(([start]) => start);
}

// Choosing

/** @param {string} chosen */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = sayings[chosen].direction;
  for (const link of links) {
    if (link.hreflang === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  show();
  tell();
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    if (!sayings[link.hreflang]) return;
    event.preventDefault();
    speak(link.hreflang);
  });
}

armButton.addEventListener("click", () => {
  const armed = sound.arm(); // in the tap
  stayAwake();
  remember("sessionStorage", "armed", address);
  armed.then(() => {
    show();
    tell();
  });
});

wayButton.addEventListener("click", () => {
  own = own === null ? group.visit : null;
  sound.isFree = own !== null;
  audio.playbackRate = 1;
  show();
  if (own === null) tell();
  else report.leave();
});

for (const step of steps) {
  step.addEventListener("click", () => {
    const there = audio.currentTime + STEP_S * Number(step.dataset.step);
    audio.currentTime = Math.min(Math.max(there, 0), audio.duration || 0);
  });
}

stop.text.addEventListener("click", (event) => {
  const sentence = touched(event);
  const start = own !== null && sentence !== null ? begins(own)[sentence] : undefined;
  if (start !== undefined) audio.currentTime = start / 1000;
});

for (const action of /** @type {const} */ (["pause", "stop"])) {
  navigator.mediaSession?.setActionHandler(action, () => {
    if (own === null) wayButton.click();
    audio.pause();
  });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && sound.isArmed) stayAwake();
});

// Reporting: whoever listens alone, or to a tour that has ended, is no follower.

const isFollower = () => own === null && !group.state.ended;

function tell() {
  if (isFollower()) report.tell(language);
}

function look() {
  if (isFollower()) report.look(language);
}

history.replaceState(null, "", address); // loaded anew, it needs no code
await group.take(group.state).catch(() => {});
await clock.renew();
clock.keep();
group.start();
if (recall("sessionStorage", "armed") === address) await sound.arm().then(show);
setInterval(mark, MARK_MS);
setInterval(look, LOOK_MS);
setInterval(tell, REPORT_MS * (0.9 + 0.2 * Math.random()));
addEventListener("pagehide", () => report.leave());
addEventListener("pageshow", (event) => event.persisted && tell());
tell();
room.classList.add("ready");
