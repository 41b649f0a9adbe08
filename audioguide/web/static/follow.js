// A phone that follows a group: one tap arms the sound, then the guide leads.

import { Clock, Group, Player, ask, due, reached, stayAwake } from "./sync.js";
import { recall, remember } from "./page.js";

const REPORT_MS = 30000;
const LOOK_MS = 500; // what has changed and lasts from one look to the next is reported at once
const IN_STEP_S = 0.3;
const STEP_S = 10;
const FRAME = [".skip", "header", "footer"];

const one = (selector) => document.querySelector(selector);
const room = one(".follow");
const { address } = room.dataset;
const sayings = JSON.parse(room.dataset.sayings);
const audio = one("audio");
const armButton = one(".arm");
const wayButton = one(".way");
const title = one(".follow h1 .title");
const number = one(".follow .number");
const note = one(".follow .note");
const noteWords = one(".follow .note p");
const status = one(".status");
const hall = one(".hall");
const picture = one(".picture");
/** @type {NodeListOf<HTMLElement>} */
const steps = document.querySelectorAll("[data-step]");
const text = one("#text");
const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("header nav a")]);
const on = one(".on");

let language = document.documentElement.lang;
let framed = language; // of what stands around
let isFraming = false;
let own = null; // the visit that she listens to alone
let shown = null; // visit and language that the page shows
let marked = null;
let wasOver = false;
let told = ""; // to the guide
let seen = "";

const clock = new Clock();
const group = new Group(address, clock, show);
const player = new Player(audio, where, show);

function here(ahead = 0) {
  const moment = clock.now() + 1000 * ahead;
  return due(group.holds(moment), group.visit, language, moment);
}

function where(ahead) {
  const silent =
    own !== null || group.visit === null || group.state.ended || group.state.stop === null;
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
  hall.textContent = say.group;
  on.hidden = !state.ended;
  on.textContent = say.on;
  if (framed !== language && !group.isLost) reframe();
  if (visit !== null) on.href = `/${language}/stops/${visit.slug}`;
}

function said(state, visit, say) {
  if (state.ended) return say.ended;
  if (group.isLost) return say.lost;
  if (own !== null) return say.own;
  if (state.stop === null) return say.closed;
  if (visit !== null && !visit.words[language]?.sound) return say.silent;
  if (!player.isArmed) return say.armed_hint;
  if (visit?.quiet && !state.playing) return say.quiet;
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
  for (const step of steps) {
    step.hidden = own === null;
    step.setAttribute("aria-label", Number(step.dataset.step) < 0 ? say.back : say.ahead);
  }
}

function showVisit(visit, say) {
  const words = visit.words[language];
  shown = `${visit.of} ${language}`;
  number.textContent = visit.number;
  title.innerHTML = words.heading; // of our own server, as the stop's page has it
  picture.innerHTML = words.picture ?? "";
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
        span.dataset.sentence = String(count);
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
  const there = own === null ? here() : { sentence: heardAlone(), over: false };
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
    speak(link.hreflang);
  });
}

// What stands around is the server's: the page is asked for in the new language, and its words are
// put where the old ones stand, so that the sound goes on. Asking also has the choice remembered.
async function reframe() {
  if (isFraming) return;
  isFraming = true;
  const wanted = language;
  const link = links.find((each) => each.hreflang === wanted);
  try {
    const answer = await ask(link.href).catch((refusal) => refusal.answer);
    const there = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of FRAME) reword(one(part), there.querySelector(part));
    framed = wanted;
  } catch {
    // No network: the next time that something is shown will do.
  }
  isFraming = false;
  if (framed === wanted && wanted !== language) reframe();
}

function reword(here, there) {
  if (here.nodeType === Node.TEXT_NODE) here.data = there.data;
  for (const name of ["aria-label", "aria-current", "href"]) {
    const said = there.getAttribute?.(name) ?? null;
    if (said !== null) here.setAttribute(name, said);
    else here.removeAttribute?.(name);
  }
  here.childNodes.forEach((each, at) => reword(each, there.childNodes[at]));
}

armButton.addEventListener("click", () => {
  const armed = player.arm(); // in the tap
  stayAwake();
  remember("sessionStorage", "armed", address);
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
  if (own === null) report();
  else leave();
});

for (const step of steps) {
  step.addEventListener("click", () => {
    const there = audio.currentTime + STEP_S * Number(step.dataset.step);
    audio.currentTime = Math.min(Math.max(there, 0), audio.duration || 0);
  });
}

text.addEventListener("click", (event) => {
  const cue = own === null ? null : cuesAlone()[event.target.dataset.sentence];
  if (cue) audio.currentTime = cue[0] / 1000;
});

for (const action of /** @type {const} */ (["pause", "stop"])) {
  navigator.mediaSession?.setActionHandler(action, () => {
    if (own === null) wayButton.click();
    audio.pause();
  });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && player.isArmed) stayAwake();
});

// Reporting: numbers for the guide, by a word that this phone made for itself and this group. It
// is kept for the tab alone, so that a page loaded anew is not another phone.

const phone = recall("sessionStorage", `phone ${address}`) ?? made();
remember("sessionStorage", `phone ${address}`, phone);

function made() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(8))];
  return bytes.map((byte) => byte.toString(36).padStart(2, "0")).join("");
}

function stance() {
  const distance = player.distance();
  const isMute = player.isMute();
  return JSON.stringify({
    phone,
    language,
    in_step: player.isArmed && !isMute && (distance === null || Math.abs(distance) < IN_STEP_S),
    behind: !player.isArmed || isMute || (distance !== null && distance < -IN_STEP_S),
  });
}

function report() {
  if (own !== null || group.state.ended) return;
  told = stance();
  const headers = { "Content-Type": "application/json" };
  ask(`${address}/here`, { method: "POST", body: told, headers }).catch(() => {});
}

function look() {
  const now = stance();
  if (now === seen && now !== told) report();
  seen = now;
}

function leave() {
  const said = [JSON.stringify({ phone, left: true })];
  navigator.sendBeacon?.(`${address}/here`, new Blob(said, { type: "application/json" }));
}

history.replaceState(null, "", address); // loaded anew, it needs no code
await group.take(JSON.parse(room.dataset.begin)).catch(() => {});
await clock.renew();
clock.keep();
group.start();
if (recall("sessionStorage", "armed") === address) await player.arm().then(show);
setInterval(mark, 100);
setInterval(look, LOOK_MS);
setInterval(report, REPORT_MS * (0.9 + 0.2 * Math.random()));
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && report());
report();
room.classList.add("ready");
Object.assign(window, { group: { clock, group, player, here, due } }); // what the tests measure
