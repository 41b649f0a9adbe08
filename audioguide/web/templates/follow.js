// A phone that follows a group: one tap arms the sound, then the guide leads.

import { Clock, Group, PHONE, Player, ask, due, reached, stayAwake } from "./sync.js";
import { recall, remember } from "./page.js";

const REPORT_MS = 30000;
const IN_STEP_S = 0.3;

const one = (selector) => document.querySelector(selector);
const room = one(".follow");
const sayings = JSON.parse(room.dataset.sayings);
const audio = one("audio");
const armButton = one(".arm");
const wayButton = one(".way");
const title = one(".follow h1 .title");
const number = one(".follow .number");
const note = one(".follow .note");
const noteWords = one(".follow .note p");
const status = one(".status");
const text = one("#text");
const links = [...document.querySelectorAll("header nav a")];
const on = one(".on");

let language = document.documentElement.lang;
let own = null; // the visit that she listens to alone
let shown = null; // visit and language that the page shows
let marked = null;
let wasOver = false;

const clock = new Clock();
const group = new Group(room.dataset.address, clock, show);
const player = new Player(audio, where, show);

function here(ahead = 0) {
  const moment = clock.now() + 1000 * ahead;
  return due(group.holds(moment), group.visit, language, moment);
}

function where(ahead) {
  const silent = own !== null || group.visit === null || group.state.ended || group.state.stop === null;
  return silent ? null : here(ahead);
}

// Showing

function show() {
  const { state } = group;
  const visit = own ?? group.visit;
  const say = sayings[language];
  if (visit !== null && shown !== `${visit.of} ${language}`) showVisit(visit, say);
  showButtons(say);
  status.textContent = said(state, visit, say);
  on.hidden = !state.ended;
  if (visit !== null) on.href = `/${language}/stops/${visit.slug}`;
}

function said(state, visit, say) {
  if (state.ended) return say.ended;
  if (group.isLost) return say.lost;
  if (own !== null) return say.own;
  if (state.stop === null) return say.closed;
  if (visit !== null && !visit.words[language]?.sound) return say.silent;
  if (!player.isArmed) return say.armed_hint;
  return state.playing && visit !== null && !here().over ? say.playing : say.waiting;
}

function showButtons(say) {
  const { ended } = group.state;
  armButton.textContent = say.arm;
  armButton.hidden = player.isArmed || own !== null || ended;
  wayButton.textContent = own === null ? say.leave : say.rejoin;
  wayButton.hidden = ended || group.visit === null || (!player.isArmed && own === null);
  audio.ariaLabel = say.sound;
  audio.controls = own !== null;
  audio.hidden = own === null;
}

function showVisit(visit, say) {
  const words = visit.words[language];
  shown = `${visit.of} ${language}`;
  number.textContent = visit.number;
  title.textContent = words.title;
  document.title = `${visit.number}. ${words.title} · ${say.museum}`;
  note.hidden = !words.content_note;
  noteWords.textContent = words.content_note ?? "";
  let count = 0;
  text.replaceChildren(
    ...words.paragraphs.map((sentences) => {
      const paragraph = document.createElement("p");
      for (const sentence of sentences) {
        const span = document.createElement("span");
        span.textContent = sentence;
        span.dataset.sentence = count;
        count += 1;
        paragraph.append(span, " ");
      }
      return paragraph;
    }),
  );
  marked = null;
  player.load(words.sound);
  if (navigator.mediaSession) {
    const said = { title: words.title, artist: say.museum, album: say.museum };
    navigator.mediaSession.metadata = new MediaMetadata(said);
  }
}

function mark() {
  if (group.visit === null) return;
  const there = own === null ? here() : { sentence: heardAlone() };
  const isHeard = own === null ? group.holds(clock.now()).playing && !there.over : !audio.paused;
  const next = isHeard ? text.querySelector(`[data-sentence="${there.sentence}"]`) : null;
  if (there.over && !wasOver) show();
  wasOver = Boolean(there.over);
  if (next === marked) return;
  marked?.removeAttribute("aria-current");
  next?.setAttribute("aria-current", "true");
  marked = next;
}

function cuesAlone() {
  return own.words[language]?.cues ?? [];
}

function heardAlone() {
  const starts = cuesAlone().map(([start]) => start);
  return reached(starts, 1000 * audio.currentTime);
}

// Choosing

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  for (const link of links) {
    if (link.hreflang === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  show();
  report();
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    if (!sayings[link.hreflang]) return;
    event.preventDefault();
    fetch(link.href, { redirect: "manual" }).catch(() => {}); // the choice is remembered
    speak(link.hreflang);
  });
}

armButton.addEventListener("click", () => {
  const armed = player.arm(); // in the tap
  stayAwake();
  remember("sessionStorage", "armed", room.dataset.address);
  armed.then(() => {
    show();
    report();
  });
});

wayButton.addEventListener("click", () => {
  own = own === null ? group.visit : null;
  player.isFree = own !== null;
  audio.playbackRate = 1;
  show();
  report();
});

text.addEventListener("click", (event) => {
  const cue = own === null ? null : cuesAlone()[event.target.dataset.sentence];
  if (cue) audio.currentTime = cue[0] / 1000;
});

for (const action of ["pause", "stop"]) {
  navigator.mediaSession?.setActionHandler(action, () => {
    if (own === null) wayButton.click();
    audio.pause();
  });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && player.isArmed) stayAwake();
});

// Reporting: numbers for the guide, by a word that this page made for itself

function report() {
  if (own !== null || group.state.ended) return;
  const distance = player.distance();
  const isMute = player.isMute();
  const body = JSON.stringify({
    phone: PHONE,
    language,
    in_step: player.isArmed && !isMute && (distance === null || Math.abs(distance) < IN_STEP_S),
    behind: !player.isArmed || isMute || (distance !== null && distance < -IN_STEP_S),
  });
  const headers = { "Content-Type": "application/json" };
  ask(`${room.dataset.address}/here`, { method: "POST", body, headers }).catch(() => {});
}

history.replaceState(null, "", room.dataset.address); // loaded anew, it needs no code
await group.take(JSON.parse(room.dataset.begin)).catch(() => {});
await clock.renew();
clock.keep();
group.start();
if (recall("sessionStorage", "armed") === room.dataset.address) await player.arm().then(show);
setInterval(mark, 100);
setInterval(report, REPORT_MS * (0.9 + 0.2 * Math.random()));
report();
room.classList.add("ready");
window.group = { clock, group, player, here, due }; // what the tests measure
