// The server's time by this phone's own running clock; the phone's date is never asked.

import { ask } from "./request.js";

const EXCHANGES = 6;
const RENEW_MS = 30000;
const JUMP_MS = 500; // the phone slept, or somebody set its clock
const LOOK_MS = 1000;

export class Clock {
  #offset = 0;
  /** @type {{at: number, length: number, offset: number}[]} */
  #samples = [];
  #gap = Date.now() - performance.now();
  error = Infinity; // ms, at most

  // Of several exchanges the quickest tells best: it can be wrong by half its length at most.
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
    }, LOOK_MS);
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
