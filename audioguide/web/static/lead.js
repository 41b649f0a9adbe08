// The guide's page: one thumb leads the group, and this phone may sound with it.

import { Clock, Group, Player, ask, due, left, stayAwake } from "./sync.js";
import { recall, remember } from "./page.js";

const LOOK_MS = 1000;
const BEAT_MS = 30000;

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

const room = one(".leading");
const words = room.dataset;
const names = JSON.parse(words.names);
const form = one("#wish");
const version = one("#version");
const play = one(".play");
const playLabel = one(".play .hidden");
const title = one(".leading h1 .title");
const number = one(".leading .number");
const status = one(".status");
const counts = one(".counts");
const elapsed = one(".elapsed");
const points = one(".points div");
const text = one("#text");
const audio = one("audio");
const choices = all("input[name=sound]");
const pace = one(".pace");
const timeLeft = one(".left");
const silence = one(".silence");
const nextWords = one(".next");
const finish = one(".finish");
const way = all(".way [name=stop]"); // the stops of the tour in order

let shown = null;
let shownVisit = null;
let marked = null;
let place = Number(recall("sessionStorage", words.lead)) || 0; // in the tour, the last one that was on it

const clock = new Clock();
const group = new Group(words.address, clock, show);
const player = new Player(audio, where, beQuiet);

function language() {
  return choices.find((choice) => choice.checked)?.value ?? "";
}

function reading() {
  return language() || document.documentElement.lang;
}

function here(spoken, ahead = 0) {
  const moment = clock.now() + 1000 * ahead;
  return due(group.holds(moment), group.visit, spoken, moment);
}

function where(ahead) {
  const silent = !language() || group.visit === null || group.state.stop === null;
  return silent ? null : here(language(), ahead);
}

// Showing

function show() {
  const { state, visit } = group;
  if (state.ended) location.assign("/lead/");
  version.value = state.version;
  room.classList.toggle("playing", state.playing);
  play.value = state.playing ? "pause" : "play";
  playLabel.textContent = state.playing ? words.pause : words.playWord;
  status.textContent = said(state);
  if (visit !== null && shown !== `${visit.of} ${reading()}`) showVisit(visit);
  showWay(state);
}

// What comes next. Off the tour, the way goes on from where it was left, and back to there.
function showWay(state) {
  const at = way.findIndex((each) => each.value === state.stop);
  if (at >= 0 && at !== place) {
    place = at;
    remember("sessionStorage", words.lead, String(at));
  }
  for (const button of all("[data-step]")) button.hidden = stepped(button) === undefined;
  const next = way[place + 1];
  finish.hidden = next !== undefined;
  const [name, lasts] = nextWords.children;
  write(name, next ? words.next.replace("{0}", named(next)) : words.last);
  write(lasts, next?.dataset.lasts ?? "");
}

function stepped(button) {
  const isOff = way[place]?.value !== group.state.stop;
  const step = Number(button.dataset.step);
  return way[isOff && step < 0 ? place : place + step];
}

function named(button) {
  const [number, title] = [one("b", button), one("span", button)].map((each) => each.textContent);
  return `${number}. ${title}`;
}

function said(state) {
  if (group.isLost) return words.lost;
  if (state.stop === null) return words.closed;
  return "";
}

function showVisit(visit) {
  const spoken = visit.words[reading()];
  shown = `${visit.of} ${reading()}`;
  number.textContent = visit.number;
  title.innerHTML = spoken.heading; // of our own server, as the stop's page has it
  silence.hidden = !visit.quiet;
  if (shownVisit !== null && shownVisit !== visit.of) showTop();
  shownVisit = visit.of;
  let count = 0;
  text.replaceChildren(
    ...spoken.paragraphs.map((sentences) => {
      const paragraph = document.createElement("p");
      for (const sentence of sentences) {
        const span = document.createElement("span");
        span.textContent = sentence;
        span.dataset.sentence = String(count);
        span.setAttribute("role", "button");
        span.tabIndex = 0;
        count += 1;
        paragraph.append(span, " ");
      }
      return paragraph;
    }),
  );
  text.lang = reading();
  marked = null;
  player.load(language() ? spoken.sound : null);
  for (const button of all("[name=stop]")) {
    const isHere = button.value === group.state.stop;
    if (isHere) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

// To number and title, which stay in sight; what stands above them is for the beginning and the end.
function showTop() {
  const { offsetTop, offsetHeight } = one(".end");
  scrollTo(0, offsetTop + offsetHeight);
}

function mark() {
  if (group.visit === null) return;
  const there = here(reading());
  const isHeard = group.holds(clock.now()).playing && !there.over;
  const next = isHeard ? text.querySelector(`[data-sentence="${there.sentence}"]`) : null;
  if (next !== marked) {
    marked?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    marked = next;
  }
  if (there.over && group.state.playing) {
    room.classList.remove("playing");
    play.value = "play";
    playLabel.textContent = words.playWord;
  }
}

function showPace() {
  if (group.visit === null) return;
  const now = clock.now();
  const ms = left(group.holds(now), group.visit, now);
  pace.hidden = false;
  if (ms === null) return write(timeLeft, words.silent);
  pace.style.setProperty("--done", `${100 - (100 * ms) / group.visit.ends_ms}%`);
  const whole = Math.ceil(ms / 1000);
  const clocked = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  write(timeLeft, ms === 0 ? words.over : words.left.replace("{0}", clocked));
}

function showTime() {
  showPace();
  const minutes = Math.max(0, Math.floor((clock.now() - Number(words.startedMs)) / 60000));
  elapsed.textContent = words.elapsed.replace("{0}", minutes);
}

function showCounts(present) {
  const sum = (at) => Object.values(present).reduce((whole, each) => whole + each[at], 0);
  const each = Object.entries(present).filter(([, [following]]) => following);
  const spoken = each.map(([language, [following]]) => `${names[language]} ${following}`);
  const said = words.counts.replace("{0}", sum(0)).replace("{1}", sum(1)).replace("{2}", sum(2));
  write(counts, said);
  write(one(".languages"), spoken.join(" · "));
}

// What has not changed is not written again: a screen reader would begin anew.
function showPoints(said) {
  if (said.join() === [...points.children].map((each) => each.textContent).join()) return;
  points.replaceChildren(
    ...said.map((each) => Object.assign(document.createElement("p"), { textContent: each })),
  );
  one(".points").hidden = said.length === 0;
}

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

// Leading

async function wish(fields) {
  const body = new URLSearchParams({ version: group.state.version, ...fields });
  const headers = { Accept: "application/json", "Audioguide-Form-Key": words.formKey };
  room.classList.add("asking");
  try {
    const answer = await ask(`${words.lead}/command`, { method: "POST", body, headers });
    await group.take(await answer.json());
  } catch (refusal) {
    if (refusal.status === 401) location.assign(`/staff/sign-in?to=${words.lead}`);
    status.textContent = words.again;
  }
  room.classList.remove("asking");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  stayAwake();
  if (button.name === "stop") wish({ do: "stop", stop: button.value });
  else wish({ do: button.value });
});

for (const button of all("[data-step]")) {
  button.type = "button";
  button.addEventListener("click", () => {
    const next = stepped(button);
    if (next) wish({ do: "stop", stop: next.value });
  });
}

finish.addEventListener("click", () => {
  const end = one(".end");
  end.open = true;
  end.scrollIntoView();
  one("button", end).focus();
});

const isTap = (event) => event.type === "click" || event.key === "Enter" || event.key === " ";
for (const kind of ["click", "keydown"]) {
  text.addEventListener(kind, (event) => {
    const { sentence } = event.target.dataset;
    if (sentence === undefined || !isTap(event)) return;
    event.preventDefault();
    wish({ do: "sentence", sentence });
  });
}

for (const choice of choices) {
  choice.addEventListener("change", () => {
    remember("sessionStorage", "lead-sound", language());
    shown = null;
    show();
    if (language()) armed();
  });
}

// Who is refused a sound is not shown one that she would wait for in vain.
async function armed() {
  await player.arm();
  if (!player.isArmed) beQuiet();
}

function beQuiet() {
  for (const choice of choices) choice.checked = choice.value === "";
  shown = null;
  show();
}

async function look() {
  try {
    const answer = await ask(`${words.lead}/state`, { headers: { Accept: "application/json" } });
    const { points: said, present } = await answer.json();
    showCounts(present);
    showPoints(said);
  } catch (refusal) {
    if (refusal.status === 401) location.assign(`/staff/sign-in?to=${words.lead}`);
  }
}

function beat() {
  const headers = { Accept: "application/json", "Audioguide-Form-Key": words.formKey };
  ask(`${words.lead}/here`, { method: "POST", headers }).catch(() => {});
}

document.documentElement.classList.add("leads"); // room for the thumb row below everything
const kept = recall("sessionStorage", "lead-sound");
for (const choice of choices) choice.checked = choice.value === (kept ?? "");
await group.take(JSON.parse(words.begin)).catch(() => {});
await clock.renew();
clock.keep();
stayAwake();
group.start();
if (language()) armed();
document.addEventListener("visibilitychange", () => document.hidden || stayAwake());
setInterval(mark, 100);
setInterval(showTime, 1000);
setInterval(look, LOOK_MS);
setInterval(beat, BEAT_MS);
look();
beat();
room.classList.add("ready");
Object.assign(window, { group: { clock, group, player, here, due } }); // what the tests measure
