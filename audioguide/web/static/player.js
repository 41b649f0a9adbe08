// The player of a stop. The page is whole without it: the browser's own controls stay until all
// of this is set up, and give way only in the last line. No word stands here; the page has them.

import { recall, remember } from "./page.js";

const JUMP_S = 10;
const STEP_S = 5; // an arrow key on the line
const KEPT_MS = 3_600_000; // a place is kept for an hour: a visit, and not the next visitor's
const PATIENCE_MS = 8000; // how long a sound may keep somebody waiting without a word
const CUT_S = 1; // a sound that ends so much before its time is broken
const CUES_MS = 3000; // how long it may be silent until the cues say where a sentence is

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

const audio = one("audio");
const track = one("track", audio);
const player = one(".player");
const stage = player.parentElement;
const words = player.dataset;
const [button, label, line] = [".play", ".what", ".line"].map((each) => one(each, player));
const [speed, follow] = [".speed", ".follow"].map((each) => one(each, player));
const [elapsed, total] = all(".times span", player);
const trouble = one(".trouble");
const text = one("#text");
const sentences = all("span[id]", text);
const isQuiet = "quiet" in words;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let parts = []; // {second, sentence} of each cue, in order
let begun = false; // somebody has listened, or chosen where to
let when = Date.now(); // somebody last listened, or chose where to
let begin = null; // where to begin, until the browser knows the sound
let last = 0; // where it was when it was lost
let heard = { to: 0, at: 0 }; // the last second that surely sounded, and when
let awaited = null; // the sentence to go to, once the cues say where it is
let fallback = 0; // and the part of the sound to go to if they never do
let marked = null;
let isFollowing = false;
let isAway = false; // the player has been scrolled out of sight
let tries = 0;
let patience;

// Time

const at = () => begin ?? audio.currentTime;
const length = () => (Number.isFinite(audio.duration) ? audio.duration : Number(words.seconds));

function clock(second) {
  const whole = Math.floor(second);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function counted(unit, number) {
  const forms = JSON.parse(words[unit]);
  const form = new Intl.PluralRules(document.documentElement.lang).select(number);
  return (forms[form] ?? forms.other).replace("{0}", number);
}

function inWords(second) {
  const whole = Math.floor(second);
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60];
  const said = [counted("minute", minutes), counted("second", seconds)];
  return (minutes ? said : said.slice(1)).join(" ");
}

function sayTime() {
  const said = words.time.replace("{at}", inWords(at())).replace("{all}", inWords(length()));
  line.setAttribute("aria-valuetext", said);
}

function show() {
  last = audio.currentTime || last;
  if (!audio.paused) when = Date.now();
  if (!audio.ended) heard = { to: at(), at: Date.now() };
  line.max = length();
  line.value = at();
  line.style.setProperty("--done", `${(100 * at()) / length()}%`);
  elapsed.textContent = clock(at());
  total.textContent = clock(Math.round(length()));
  // A screen reader would read out each change of what has the focus.
  if (document.activeElement !== line) sayTime();
  if (begun && awaited === null) mark(sentenceAt(at()));
}

// Playing

function play() {
  begun = true;
  if (audio.error || audio.networkState === 3) reload(); // it failed, and would not try again by itself
  wantCues();
  audio.muted = awaited !== null; // play() must follow the tap at once; the cues may be a moment late
  if (awaited !== null) setTimeout(arrive, CUES_MS); // or never come
  // A refusal shows in the events below, or it is the browser's own will.
  audio.play().catch(() => {});
}

function seek(second) {
  when = Date.now();
  goTo(second);
}

function goTo(second) {
  const there = Math.min(Math.max(second, 0), length());
  begun = true;
  awaited = null;
  audio.muted = false;
  if (audio.readyState) audio.currentTime = there;
  else begin = there;
  show();
  sayTime();
  keep();
}

function tell() {
  const isWaiting = !audio.paused && audio.readyState < 3;
  const rests = begun && !audio.ended && at() > 1 ? words.goOn : words.listen;
  const what = audio.paused ? rests : isWaiting ? words.wait : words.pause;
  label.textContent = what;
  button.setAttribute("aria-label", what);
  player.classList.toggle("playing", !audio.paused);
}

function reload() {
  tries += 1;
  begin = at();
  // What has broken once would break again: from here on it is the MP3.
  one("source[type*=webm]", audio)?.remove();
  audio.load();
}

function complain() {
  const said = one(".help").content.cloneNode(true);
  // A sound that is gone has a new name in the page of today.
  one("a", said).hidden = tries === 0;
  one("button", said).addEventListener("click", () => {
    button.focus();
    trouble.replaceChildren();
    reload();
    play();
  });
  trouble.replaceChildren(said);
}

const isWebm = () => one("source[type*=webm]", audio)?.src === audio.currentSrc;

function isBroken(goesOn = !audio.paused) {
  clearTimeout(patience);
  begin = at();
  if (!isWebm()) {
    complain();
    return audio.pause();
  }
  reload();
  if (goesOn) play();
}

// Some browsers leap from the place where a file breaks to its end. What a sleeping phone did not
// tell has passed by the clock.
function isCut() {
  const passed = (audio.playbackRate * (Date.now() - heard.at)) / 1000;
  if (!isWebm() || heard.to + passed > Number(words.seconds) - CUT_S) return;
  begin = heard.to;
  isBroken(true);
}

function waits() {
  clearTimeout(patience);
  patience = setTimeout(complain, PATIENCE_MS);
}

// Sentences

function wantCues() {
  if (track.track.mode === "disabled") track.track.mode = "hidden";
}

const secondOf = (sentence) => parts.find((part) => part.sentence === sentence)?.second;
const passed = (second) => parts.filter((part) => part.second <= second + 0.05);
const sentenceAt = (second) => passed(second).pop()?.sentence ?? null;

function readCues() {
  const cues = [...(track.track.cues ?? [])];
  const plain = (said) => said.replace(/\s+/g, " ").trim();
  const byWords = new Map(sentences.map((each) => [plain(each.textContent), each]));
  const isSame = "current" in words && cues.length === sentences.length;
  // A sound older than its text speaks some sentences that still stand there, and some that do not.
  parts = cues.map((cue, number) => ({
    second: cue.startTime,
    sentence: isSame ? sentences[number] : byWords.get(plain(cue.getCueAsHTML().textContent)),
  }));
  const first = parts.find((part) => part.sentence);
  text.classList.toggle("heard", Boolean(first));
  one(".hint")?.classList.toggle("gone", !first);
  if (first && (begun || !isQuiet)) reach(first.sentence);
  arrive();
}

function arrive() {
  if (awaited !== null) goTo(secondOf(awaited) ?? fallback * length());
  show();
}

function mark(sentence) {
  if (sentence === marked) return;
  marked?.removeAttribute("aria-current");
  sentence?.setAttribute("aria-current", "true");
  marked = sentence;
  if (!sentence) return;
  if (!text.contains(document.activeElement)) reach(sentence);
  keep();
  if (isFollowing && !audio.paused) bringIntoView(sentence);
}

function bringIntoView(sentence) {
  const { top, bottom } = sentence.getBoundingClientRect();
  const room = innerHeight - (player.classList.contains("docked") ? player.offsetHeight : 0);
  if (top > 0.1 * room && bottom < 0.9 * room) return;
  sentence.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
}

function hear(sentence) {
  const second = secondOf(sentence);
  if (second !== undefined) seek(second);
  else if (track.readyState < 2) {
    awaited = sentence;
    fallback = sentences.indexOf(sentence) / sentences.length;
  } else return;
  play();
}

// The text stays text: of all its sentences one can be reached with Tab, and from it the others
// with the arrow keys, so that nobody has to pass twenty buttons to read five paragraphs.
function reach(sentence) {
  for (const each of all("[role=button]", text)) {
    each.removeAttribute("role");
    each.removeAttribute("tabindex");
  }
  sentence.setAttribute("role", "button");
  sentence.tabIndex = 0;
}

function choose(event) {
  const here = sentences.indexOf(event.target);
  if (here < 0) return;
  const next = sentences[here + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0)];
  if (event.key === "Enter" || event.key === " ") hear(sentences[here]);
  else if (next && next !== sentences[here]) {
    reach(next);
    next.focus();
  } else return;
  event.preventDefault();
}

function slide(event) {
  const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
  const turn = { PageUp: 1, PageDown: -1 }[event.key];
  if (step) seek(at() + step * STEP_S);
  else if (turn && parts.length) {
    const here = passed(at()).length - 1;
    seek(parts[Math.max(here + turn, 0)]?.second ?? length());
  } else return;
  event.preventDefault();
}

// Following

function setFollowing(whether) {
  isFollowing = whether;
  follow.setAttribute("aria-pressed", whether);
}

function likesToFollow() {
  if (isQuiet) return false; // the player stands below the text: it would scroll out of reach
  return (recall("localStorage", "follow") ?? (calm.matches ? "no" : "yes")) === "yes";
}

function isScrolledByHand(event) {
  const scrolls = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "];
  if (event.defaultPrevented || audio.paused || player.contains(event.target)) return;
  if (event.type !== "keydown" || scrolls.includes(event.key)) setFollowing(false);
}

function dock() {
  const isDocked = isAway && begun;
  if (player.classList.contains("docked") === isDocked) return;
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  stage.style.minHeight = isDocked ? `${stage.offsetHeight}px` : "";
  player.classList.toggle("docked", isDocked);
  document.documentElement.classList.toggle("docks", isDocked);
  const isLost = player.contains(focused) && !focused.offsetWidth; // there is no room for it any more
  if (isLost) button.focus({ preventScroll: true });
}

// Memory: where somebody was, by sentence, so that another language goes on at the same thought

function place(sentence) {
  const around = sentence ? all("span[id]", sentence.parentElement) : [];
  return {
    number: sentences.indexOf(sentence),
    of: sentences.length,
    paragraph: all("p", text).indexOf(sentence?.parentElement),
    within: around.indexOf(sentence),
    among: around.length,
  };
}

function keep() {
  if (!begun || awaited !== null) return;
  const here = { when, sound: words.sound, second: at(), part: at() / length() };
  const kept = { ...place(marked), ...here };
  remember("sessionStorage", words.stop, audio.ended ? null : JSON.stringify(kept));
}

function counterpart(kept) {
  if (kept.number < 0) return undefined;
  if (kept.of === sentences.length) return sentences[kept.number];
  const paragraph = all("p", text)[kept.paragraph];
  const own = paragraph ? all("span[id]", paragraph) : sentences;
  const part = paragraph ? kept.within / kept.among : kept.number / kept.of;
  return own[Math.floor(part * own.length)];
}

function resume() {
  let kept = null;
  try {
    kept = JSON.parse(recall("sessionStorage", words.stop));
  } catch {
    // Something else lies there: begin at the beginning.
  }
  if (![kept?.second, kept?.part, kept?.when].every(Number.isFinite)) return;
  if (Date.now() - kept.when > KEPT_MS) return;
  when = kept.when; // it grows no younger by being looked at
  wantCues();
  if (kept.sound === words.sound) return goTo(kept.second);
  begun = true;
  fallback = kept.part;
  awaited = counterpart(kept) ?? text;
}

// The lock screen

function way(rel) {
  const link = one(`a[rel=${rel}]`);
  if (!link) return null;
  return () => {
    if (!audio.paused) remember("sessionStorage", "goes on", link.pathname);
    location.assign(link.href);
  };
}

function announce() {
  const session = navigator.mediaSession;
  if (!session) return;
  const picture = one("main img");
  session.metadata = new MediaMetadata({
    title: words.title,
    artist: words.museum,
    album: words.hall,
    artwork: picture ? [{ src: picture.currentSrc || picture.src }] : [],
  });
  // No seekbackward or seekforward: iPhones would show them in place of the ways on.
  const wishes = {
    play,
    pause: () => audio.pause(),
    seekto: (asked) => seek(asked.seekTime),
    nexttrack: way("next"),
    previoustrack: way("prev"),
  };
  const known = /** @type {[MediaSessionAction, any][]} */ (Object.entries(wishes));
  for (const [wish, answer] of known) {
    try {
      session.setActionHandler(wish, answer);
    } catch {
      // An older browser does not know this wish.
    }
  }
}

function reportPosition() {
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
function goOn() {
  const there = recall("sessionStorage", "goes on");
  remember("sessionStorage", "goes on", null);
  if (there === location.pathname && !isQuiet && !one(".note")) play();
}

// Setting up

function listen() {
  button.addEventListener("click", () => (audio.paused ? play() : audio.pause()));
  one(".back", player).addEventListener("click", () => seek(at() - JUMP_S));
  one(".ahead", player).addEventListener("click", () => seek(at() + JUMP_S));
  line.addEventListener("input", () => seek(Number(line.value)));
  line.addEventListener("keydown", slide);
  line.addEventListener("focus", sayTime);
  speed.addEventListener("change", () => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
    remember("localStorage", "speed", speed.value);
  });
  follow.addEventListener("click", () => {
    setFollowing(!isFollowing);
    remember("localStorage", "follow", isFollowing ? "yes" : "no");
    if (isFollowing && marked) bringIntoView(marked);
  });
  text.addEventListener("keydown", choose);
  // On the document, so that no screen reader calls each sentence clickable.
  document.addEventListener("click", (event) => {
    const sentence = /** @type {Element} */ (event.target).closest("#text span[id]");
    if (sentence && getSelection().isCollapsed && (begun || !isQuiet)) hear(sentence);
  });
}

function attend() {
  const on = (types, then) =>
    types.split(" ").forEach((type) => audio.addEventListener(type, then));
  on("loadedmetadata", () => {
    if (begin !== null) audio.currentTime = begin;
    begin = null;
  });
  on("emptied", () => {
    begin ??= last;
  });
  on("play", () => setFollowing(likesToFollow()));
  on("playing", () => {
    clearTimeout(patience);
    trouble.replaceChildren();
    tries = 0;
    announce();
  });
  on("waiting", waits);
  on("pause", () => clearTimeout(patience));
  on("pause ended", keep);
  on("loadedmetadata timeupdate seeked durationchange", show);
  on("play playing waiting pause ended seeked emptied", tell);
  on("loadedmetadata play pause seeked ratechange", reportPosition);
  on("error", () => isBroken());
  on("ended", isCut);
  all("source", audio)
    .pop()
    .addEventListener("error", () => isBroken());
  track.addEventListener("load", readCues);
  track.addEventListener("error", readCues);
  addEventListener("pagehide", keep);
}

function watch() {
  for (const type of ["pointermove", "pointerdown", "keydown", "scroll"]) {
    addEventListener(type, wantCues, { once: true, passive: true });
  }
  for (const type of ["wheel", "touchmove", "keydown"]) {
    addEventListener(type, isScrolledByHand, { passive: true });
  }
  if (isQuiet || !window.IntersectionObserver) return;
  new IntersectionObserver((seen) => {
    const stageSeen = seen.pop(); // the newest
    isAway = !stageSeen.isIntersecting && stageSeen.boundingClientRect.top < 0;
    dock();
  }).observe(stage);
}

const habit = [...speed.options].find((each) => each.value === recall("localStorage", "speed"));
if (habit) speed.value = habit.value;
audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
setFollowing(likesToFollow());
begun = !audio.paused || audio.currentTime > 0; // with the browser's own controls, before this came
listen();
attend();
watch();
resume();
show();
tell();
announce();
player.hidden = false;
for (const each of all(".late")) each.hidden = false;
audio.controls = false;
if (!isQuiet) text.classList.add("heard"); // iPhones report no tap on words without a pointer cursor
if (track.readyState > 1) readCues(); // they were there before this came
goOn();
