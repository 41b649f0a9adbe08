// Phones in step: the server's time, the sentence that is due, and a sound that is kept there.
// Nothing is shown here; follow.js and lead.js do that.

/** @typedef {[number, number]} Cue begin and end of a sentence in its own sound, in ms */
/** @typedef {{sound: string | null, cues: Cue[]}} Words of a stop in one language */
/** @typedef {{begins_ms: number[], ends_ms: number, words: Record<string, Words>}} Visit */
/** @typedef {{sentence: number, at_ms: number, playing: boolean}} State of a group */
/** @typedef {{sentence: number, second: number, moves: boolean, over?: boolean}} Due */

const EXCHANGES = 6;
const RENEW_MS = 30000;
const JUMP_MS = 500; // the phone slept, or somebody set its clock
const PERIOD_MS = 1000;
const LONGEST_PERIOD_MS = 8000;
const RESTING_PERIOD_MS = 10000;
const RESTING_AFTER_MS = 120000;
const PATIENCE_MS = 4000;

// Time

// The server's time by this phone's own running clock. Of several exchanges the quickest tells
// best: it can be wrong by half its length at most. The phone's date is never asked.
export class Clock {
  #offset = 0;
  #samples = [];
  #gap = Date.now() - performance.now();
  error = Infinity; // ms, at most

  async exchange() {
    const sent = performance.now();
    const answer = await ask("/live/time");
    const { now_ms: server } = await answer.json();
    const got = performance.now();
    this.#samples.push({ at: got, length: got - sent, offset: server - (sent + got) / 2 });
    const fresh = this.#samples.filter((each) => got - each.at < 4 * RENEW_MS);
    this.#samples = fresh.slice(-4 * EXCHANGES);
    const best = this.#samples.reduce((a, b) => (b.length < a.length ? b : a));
    this.#offset = best.offset;
    this.error = best.length / 2;
  }

  async renew(exchanges = EXCHANGES) {
    for (let n = 0; n < exchanges; n += 1) await this.exchange().catch(() => {});
  }

  keep() {
    setInterval(() => {
      const gap = Date.now() - performance.now();
      const jumped = Math.abs(gap - this.#gap) > JUMP_MS;
      this.#gap = gap;
      if (jumped) this.forget();
    }, PERIOD_MS);
    setInterval(() => this.renew(1), RENEW_MS * (0.9 + 0.2 * Math.random()));
    document.addEventListener("visibilitychange", () => document.hidden || this.renew(3));
  }

  forget() {
    this.#samples = [];
    return this.renew();
  }

  now() {
    return performance.now() + this.#offset;
  }
}

// What is due

// Where a language should be at a moment: {sentence, second, moves}. `moves` is false while it
// waits: for the guide, for the moment that was said, or for a slower language.
/**
 * @param {State} state
 * @param {Visit} visit
 * @param {string} language
 * @param {number} now the server's time, in ms
 * @returns {Due}
 */
export function due(state, visit, language, now) {
  const begins = visit.begins_ms;
  const cues = visit.words[language]?.cues ?? [];
  const from = within(begins, state.sentence);
  const passed = now - state.at_ms;
  if (!state.playing || passed < 0 || begins.length === 0) return waiting(cues, from);
  const at = begins[from] + passed;
  if (at >= visit.ends_ms) return { ...waiting(cues, begins.length - 1), over: true };
  const sentence = reached(begins, at);
  if (sentence >= cues.length) return waiting(cues, sentence);
  const into = at - begins[sentence];
  const start = cues[sentence][0];
  const lasts = (cues[sentence + 1]?.[0] ?? cues[sentence][1]) - start;
  return { sentence, second: (start + Math.min(into, lasts)) / 1000, moves: into < lasts };
}

// How long a stop still lasts for everybody, in ms; null where nothing sounds.
/**
 * @param {State} state
 * @param {Visit} visit
 * @param {number} now the server's time, in ms
 * @returns {number | null}
 */
export function left(state, visit, now) {
  const begins = visit.begins_ms;
  if (begins.length === 0) return null;
  const passed = state.playing ? Math.max(now - state.at_ms, 0) : 0;
  return Math.max(visit.ends_ms - begins[within(begins, state.sentence)] - passed, 0);
}

function within(begins, sentence) {
  return Math.min(Math.max(sentence, 0), Math.max(begins.length - 1, 0));
}

function waiting(cues, sentence) {
  const cue = cues[Math.min(sentence, cues.length - 1)];
  return { sentence, second: cue ? cue[0] / 1000 : 0, moves: false };
}

// Asking

/**
 * @param {string} address
 * @param {RequestInit} options
 * @returns {Promise<Response>} an answer of 2xx or 304; a Refusal is thrown for any other
 */
export async function ask(address, options = {}) {
  const stopping = new AbortController(); // AbortSignal.timeout is missing on older phones
  const patience = setTimeout(() => stopping.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(address, { cache: "no-store", signal: stopping.signal, ...options });
    if (!answer.ok && answer.status !== 304) throw new Refusal(answer);
    return answer;
  } finally {
    clearTimeout(patience);
  }
}

// The last place of a rising row of numbers that a number has reached; -1 before the first.
/**
 * @param {number[]} row
 * @param {number} number
 * @returns {number}
 */
export function reached(row, number) {
  return row.filter((each) => each <= number).length - 1;
}

export class Refusal extends Error {
  constructor(answer) {
    super(`refused: ${answer.status}`);
    this.answer = answer;
    this.status = answer.status;
  }
}

// The state as it was last heard of, and the one before, which holds until the new one begins.
export class Group {
  #tag = null;
  #wait = PERIOD_MS;
  #timer = 0;
  state = null;
  before = null;
  visit = null;
  isLost = false;

  constructor(address, clock, changed) {
    this.address = address;
    this.clock = clock;
    this.changed = changed;
  }

  // The state that holds at a moment: a command is given for a moment slightly ahead.
  holds(now) {
    const early = this.before !== null && now < this.state.at_ms;
    return early && this.before.visit === this.state.visit ? this.before : this.state;
  }

  async take(state) {
    if (this.state !== null && state.version < this.state.version) return; // an answer overtaken
    if (this.state === null || state.version > this.state.version) {
      this.before = this.state;
      this.state = state;
    } else {
      this.state = { ...this.state, seen_ms: state.seen_ms, stop: state.stop };
    }
    if (!state.ended && this.visit?.of !== state.visit) await this.#fetchVisit(state.visit);
    this.changed();
  }

  async #fetchVisit(number) {
    const answer = await ask(`${this.address}/visit/${number}`).catch((trouble) => {
      throw new Error(trouble.message); // the group has gone on: that is not the tour's end
    });
    this.visit = { ...(await answer.json()), of: number };
  }

  start() {
    const next = () => {
      const wait = this.#wait * (0.9 + 0.2 * Math.random());
      this.#timer = setTimeout(() => this.look().then(next, next), wait);
    };
    this.#timer = setTimeout(() => this.look().then(next, next), PERIOD_MS * Math.random());
    window.addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
  }

  stop() {
    clearTimeout(this.#timer);
    this.look = () => new Promise(() => {});
  }

  async look() {
    try {
      const headers = this.#tag === null ? {} : { "If-None-Match": this.#tag };
      const answer = await ask(`${this.address}/state`, { headers });
      if (answer.status === 200) {
        const state = await answer.json();
        await this.take(state);
        this.#tag = answer.headers.get("ETag"); // only once all of it has been understood
      }
      const rests = this.clock.now() - this.state.seen_ms > RESTING_AFTER_MS;
      this.#wait = rests ? RESTING_PERIOD_MS : PERIOD_MS;
      this.#found();
    } catch (trouble) {
      this.#wait = Math.min(2 * this.#wait, LONGEST_PERIOD_MS);
      this.#missed(trouble);
    }
  }

  #found() {
    const wasLost = this.isLost;
    this.isLost = false;
    if (wasLost) {
      this.clock.renew(3);
      this.changed();
    }
  }

  #missed(trouble) {
    const isOver = trouble instanceof Refusal && [404, 410].includes(trouble.status);
    if (isOver && this.state !== null) this.state = { ...this.state, ended: true };
    this.isLost = !isOver;
    this.changed();
  }
}

// The sound

const CLOSE_S = 0.006;
const NEAR_S = 0.02;
const SEEK_S = 0.12;
const FAR_S = 0.35;
const STEEPNESS = 1; // of the distance is made up for in a second
const MOST_RATE = 0.06; // nobody hears 6 % when the pitch stays
const SETTLE_MS = 250; // what the browser says of a sound that has just begun is a guess
const LONGEST_LAG_S = 0.4;
const LEARNING = 0.4;
const HOLD_MS = 300;
const AGAIN_MS = 5000; // and twice as long after each time, up to
const LONGEST_AGAIN_MS = 60000;
const TICK_MS = 25;
const SILENCE = "/live/silence.wav";

// Keeps a plain audio element where it is due: small distances by its rate, large by a seek.
export class Player {
  #lag = 0.04; // seconds from play() to the first movement; each phone learns its own
  #isBeginning = false;
  #settles = 0;
  #held = 0;
  #again = 0;
  #patience = AGAIN_MS;
  #arming = null;
  #loaded = null;
  sound = null; // of the stop
  isArmed = false;
  isFree = false; // the visitor has the sound to herself

  // `where(ahead)` says where the sound is due `ahead` seconds from now: {second, moves}, or null.
  // `refused` is called when the browser wants another tap.
  constructor(audio, where, refused = () => {}) {
    this.audio = audio;
    this.where = where;
    this.refused = refused;
    audio.preservesPitch = true;
    setInterval(() => this.tick(), TICK_MS);
  }

  // Within a tap: only then may a page make a sound, and later on without another one. What is
  // played here is silent by itself, since an iPhone takes no notice of a volume. It is not muted:
  // that would be allowed without a tap, and tell nothing.
  arm() {
    if (this.isArmed) return Promise.resolve();
    this.#arming ??= this.#arm().finally(() => {
      this.#arming = null;
    });
    return this.#arming;
  }

  async #arm() {
    const { audio } = this;
    if (!audio.src.endsWith(SILENCE)) audio.src = SILENCE;
    this.#loaded = null;
    const begun = audio.play(); // in the tap, before anything is waited for
    const enough = new Promise((done) => setTimeout(done, PATIENCE_MS)); // the network may be gone
    try {
      await Promise.race([begun, enough]);
      this.isArmed = true;
    } catch (refusal) {
      this.isArmed = refusal.name !== "NotAllowedError";
    }
    audio.pause();
    if (this.isArmed) this.#fetch();
  }

  // Nothing of a stop is fetched before the first tap: the element has silence until then.
  load(sound) {
    this.sound = sound ?? null;
    if (this.isArmed) this.#fetch();
  }

  #fetch() {
    const { audio, sound } = this;
    if (this.#loaded === sound && sound !== null) return;
    this.#loaded = sound;
    [this.#again, this.#patience] = [0, AGAIN_MS];
    audio.pause();
    if (sound) audio.src = sound;
    else audio.removeAttribute("src");
    audio.load();
  }

  // Whether something should be heard and is not.
  isMute() {
    const { audio } = this;
    return Boolean(this.isArmed && this.sound && this.where(0)?.moves && audio.paused);
  }

  // How far the sound is from where it is due, in seconds; null while it waits.
  distance() {
    const there = this.where(0);
    return there?.moves && !this.audio.paused ? this.audio.currentTime - there.second : null;
  }

  tick() {
    const { audio } = this;
    if (this.isFree || !this.isArmed || this.#loaded === null) return;
    if (audio.error !== null) this.#loadAgain();
    if (audio.readyState === 0) return;
    const there = this.where(audio.paused ? this.#lag : 0);
    if (there === null || !there.moves) this.#wait(there);
    else if (audio.paused) this.#begin(there);
    else this.#steer(audio.currentTime - there.second);
  }

  // A sound whose loading broke off stays broken until somebody asks for it again.
  #loadAgain() {
    if (performance.now() < this.#again) return;
    this.#again = performance.now() + this.#patience;
    this.#patience = Math.min(2 * this.#patience, LONGEST_AGAIN_MS);
    this.audio.load();
  }

  #wait(there) {
    const { audio } = this;
    if (!audio.paused) audio.pause();
    if (there === null || audio.seeking) return;
    if (Math.abs(audio.currentTime - there.second) > NEAR_S) audio.currentTime = there.second;
  }

  #begin(there) {
    const { audio } = this;
    if (this.#isBeginning || audio.seeking) return;
    if (Math.abs(audio.currentTime - there.second) > SEEK_S) audio.currentTime = there.second;
    this.#isBeginning = true;
    audio.playbackRate = 1;
    audio.play().then(
      () => {
        this.#isBeginning = false;
        this.#settles = performance.now() + SETTLE_MS;
      },
      (refusal) => {
        this.#isBeginning = false;
        if (refusal.name !== "NotAllowedError") return;
        this.isArmed = false;
        this.refused();
      },
    );
  }

  #steer(distance) {
    const { audio } = this;
    if (audio.seeking || audio.readyState < 3 || performance.now() < this.#settles) return;
    if (this.#settles !== 0) this.#learn(distance);
    if (performance.now() < this.#held) return; // each change of rate costs the browser some ms
    this.#held = performance.now() + HOLD_MS;
    if (Math.abs(distance) > FAR_S) {
      audio.currentTime = this.where(this.#lag).second;
      this.#settles = performance.now() + SETTLE_MS;
    } else if (Math.abs(distance) > CLOSE_S) {
      const rate = Math.max(-MOST_RATE, Math.min(MOST_RATE, STEEPNESS * distance));
      audio.playbackRate = 1 - rate;
    } else if (audio.playbackRate !== 1) {
      audio.playbackRate = 1;
    }
  }

  // What is missing after a start is how much earlier the next one should be.
  #learn(distance) {
    this.#settles = 0;
    if (Math.abs(distance) < FAR_S) {
      this.#lag = Math.max(0, Math.min(LONGEST_LAG_S, this.#lag - LEARNING * distance));
    }
  }
}

// Keeps the screen awake while a page is looked at: a phone that sleeps hears no next command.
let awake = null;
export async function stayAwake() {
  if (awake !== null && !awake.released) return;
  awake = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}
