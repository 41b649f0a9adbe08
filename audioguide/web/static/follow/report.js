// What the guide is told of this phone: numbers, by a word that the phone made for itself and this
// group. It is kept for the tab alone, so that a page loaded anew is not another phone.

import { ask } from "../group/request.js";
import { recall, remember } from "../memory.js";

const IN_STEP_S = 0.3;

/** @import {Sound} from "../group/sound.js" */

export class Report {
  #phone;
  #told = ""; // to the guide
  #seen = "";

  /**
   * @param {string} address
   * @param {Sound} sound
   */
  constructor(address, sound) {
    this.address = `${address}/here`;
    this.sound = sound;
    this.#phone = recall("sessionStorage", `phone ${address}`) ?? made();
    remember("sessionStorage", `phone ${address}`, this.#phone);
  }

  /** @param {string} language */
  #stance(language) {
    const distance = this.sound.distance();
    const { isArmed } = this.sound;
    const isMute = this.sound.isMute();
    return JSON.stringify({
      phone: this.#phone,
      language,
      in_step: isArmed && !isMute && (distance === null || Math.abs(distance) < IN_STEP_S),
      behind: !isArmed || isMute || (distance !== null && distance < -IN_STEP_S),
    });
  }

  /** @param {string} language */
  tell(language) {
    const body = this.#stance(language);
    this.#told = body;
    const headers = { "Content-Type": "application/json" };
    ask(this.address, { method: "POST", body, headers }).catch(() => {});
  }

  /**
   * Tell what has changed and lasted from one look to the next.
   * @param {string} language
   */
  look(language) {
    const now = this.#stance(language);
    if (now === this.#seen && now !== this.#told) this.tell(language);
    this.#seen = now;
  }

  leave() {
    const said = [JSON.stringify({ phone: this.#phone, left: true })];
    navigator.sendBeacon?.(this.address, new Blob(said, { type: "application/json" }));
  }
}

function made() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(8))];
  return bytes.map((byte) => byte.toString(36).padStart(2, "0")).join("");
}
