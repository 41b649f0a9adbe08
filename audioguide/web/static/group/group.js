// A group on its way, as this phone last heard of it, asked for again and again.

import { Refusal, ask } from "./request.js";

const PERIOD_MS = 1000;
const LONGEST_PERIOD_MS = 8000;
const RESTING_PERIOD_MS = 10000;
const RESTING_AFTER_MS = 120000;

/** @import {Clock} from "./clock.js" */
/** @import {Command, Cue, Steps} from "./pace.js" */
/**
 * @typedef {object} Words of a stop in one language
 * @property {string} language theirs, where another one stands in
 * @property {string} direction in which that runs
 * @property {string | null} instead what says so
 * @property {string} title
 * @property {string} heading HTML of our own server
 * @property {string | null} content_note
 * @property {string | null} picture HTML of our own server
 * @property {string[][]} paragraphs of sentences
 * @property {string | null} sound
 * @property {Cue[]} cues
 */
/**
 * @typedef {Steps & {of: number, number: number, slug: string, quiet: boolean,
 *   words: Record<string, Words>}} Visit to a stop; of: which one of this group's
 */
/**
 * @typedef {Command & {version: number, ended: boolean, visit: number, stop: string | null,
 *   seen_ms: number}} State of a group; the stop by its code, seen_ms: when the guide was there
 */

export class Group {
  /** @type {string | null} */
  #tag = null;
  #wait = PERIOD_MS;
  /** @type {State | null} the state before, which holds until the new one begins */
  #before = null;
  /** @type {Visit | null} */
  visit = null;
  isLost = false;

  /**
   * @param {string} address
   * @param {State} state as it stands in the page
   * @param {Clock} clock
   * @param {() => void} changed
   */
  constructor(address, state, clock, changed) {
    this.address = address;
    this.state = state;
    this.clock = clock;
    this.changed = changed;
  }

  /**
   * The state that holds at a moment: a command is given for a moment slightly ahead.
   * @param {number} now
   */
  holds(now) {
    const early = this.#before?.visit === this.state.visit && now < this.state.at_ms;
    return early && this.#before !== null ? this.#before : this.state;
  }

  /** @param {State} state as the server says it; one that was overtaken says nothing */
  async take(state) {
    if (state.version < this.state.version) return;
    if (state.version > this.state.version) {
      this.#before = this.state;
      this.state = state;
    } else {
      this.state = { ...this.state, seen_ms: state.seen_ms, stop: state.stop };
    }
    if (!state.ended && this.visit?.of !== state.visit) await this.#fetchVisit(state.visit);
    this.changed();
  }

  /** @param {number} number */
  async #fetchVisit(number) {
    const answer = await ask(`${this.address}/visit/${number}`).catch((trouble) => {
      throw new Error(trouble.message); // the group has gone on: that is not the tour's end
    });
    this.visit = { ...(await answer.json()), of: number };
  }

  start() {
    const next = () => {
      const wait = this.#wait * (0.9 + 0.2 * Math.random());
      setTimeout(() => this.look().then(next, next), wait);
    };
    setTimeout(() => this.look().then(next, next), PERIOD_MS * Math.random());
    window.addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
  }

  async look() {
    try {
      /** @type {HeadersInit} */
      const headers = this.#tag === null ? {} : { "If-None-Match": this.#tag };
      const answer = await ask(`${this.address}/state`, { headers });
      if (answer.status === 200) {
        await this.take(await answer.json());
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

  /** @param {unknown} trouble */
  #missed(trouble) {
    const isOver = trouble instanceof Refusal && [404, 410].includes(trouble.status);
    if (isOver) this.state = { ...this.state, ended: true };
    this.isLost = !isOver;
    this.changed();
  }
}
