// A plain audio element, kept where it is due: small distances by its rate, large ones by a seek.

/** @import {Due} from "./pace.js" */

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
const PATIENCE_MS = 4000; // of a tap for the network
const AGAIN_MS = 5000; // and twice as long after each time, up to
const LONGEST_AGAIN_MS = 60000;
const TICK_MS = 25;
const SILENCE = "/live/silence.wav";

export class Sound {
  #lag = 0.04; // seconds from play() to the first movement; each phone learns its own
  #isBeginning = false;
  #settles = 0;
  #held = 0;
  #again = 0;
  #patience = AGAIN_MS;
  /** @type {Promise<void> | null} */
  #arming = null;
  /** @type {string | null} */
  #loaded = null;
  /** @type {string | null} of the stop */
  #address = null;
  isArmed = false;
  isFree = false; // the visitor has the sound to herself

  /**
   * @param {HTMLAudioElement} audio
   * @param {(ahead: number) => Due | null} where the sound is due in so many seconds from now
   * @param {() => void} refused the browser wants another tap
   */
  constructor(audio, where, refused) {
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
      this.isArmed = !wantsTap(refusal);
    }
    audio.pause();
    if (this.isArmed) this.#fetch();
  }

  /**
   * Nothing of a stop is fetched before the first tap: the element has silence until then.
   * @param {string | null} address
   */
  load(address) {
    this.#address = address;
    if (this.isArmed) this.#fetch();
  }

  #fetch() {
    const { audio } = this;
    const address = this.#address;
    if (this.#loaded === address && address !== null) return;
    this.#loaded = address;
    [this.#again, this.#patience] = [0, AGAIN_MS];
    audio.pause();
    if (address) audio.src = address;
    else audio.removeAttribute("src");
    audio.load();
  }

  // Whether something should be heard and is not.
  isMute() {
    const { audio } = this;
    return Boolean(this.isArmed && this.#address && this.where(0)?.moves && audio.paused);
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

  /** @param {Due | null} there */
  #wait(there) {
    const { audio } = this;
    if (!audio.paused) audio.pause();
    if (there === null || audio.seeking) return;
    if (Math.abs(audio.currentTime - there.second) > NEAR_S) audio.currentTime = there.second;
  }

  /** @param {Due} there */
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
        if (!wantsTap(refusal)) return;
        this.isArmed = false;
        this.refused();
      },
    );
  }

  /** @param {number} distance */
  #steer(distance) {
    const { audio } = this;
    if (audio.seeking || audio.readyState < 3 || performance.now() < this.#settles) return;
    if (this.#settles !== 0) this.#learn(distance);
    if (performance.now() < this.#held) return; // each change of rate costs the browser some ms
    this.#held = performance.now() + HOLD_MS;
    if (Math.abs(distance) > FAR_S) {
      audio.currentTime = this.where(this.#lag)?.second ?? audio.currentTime;
      this.#settles = performance.now() + SETTLE_MS;
    } else if (Math.abs(distance) > CLOSE_S) {
      const rate = Math.max(-MOST_RATE, Math.min(MOST_RATE, STEEPNESS * distance));
      audio.playbackRate = 1 - rate;
    } else if (audio.playbackRate !== 1) {
      audio.playbackRate = 1;
    }
  }

  // What is missing after a start is how much earlier the next one should be.
  /** @param {number} distance */
  #learn(distance) {
    this.#settles = 0;
    if (Math.abs(distance) < FAR_S) {
      this.#lag = Math.max(0, Math.min(LONGEST_LAG_S, this.#lag - LEARNING * distance));
    }
  }
}

/** @param {unknown} refusal */
function wantsTap(refusal) {
  return refusal instanceof DOMException && refusal.name === "NotAllowedError";
}
