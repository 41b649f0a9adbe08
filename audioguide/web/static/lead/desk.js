// What the guide's page asks of the desk: commands, who is there, and that the guide still is.

import { Refusal, ask } from "../group/request.js";
import { words } from "./page.js";

const JSON_PLEASE = { Accept: "application/json" };
const WITH_KEY = { ...JSON_PLEASE, "Audioguide-Form-Key": words.formKey };

/**
 * @param {number} version of the state that the guide sees
 * @param {Record<string, string>} fields
 */
export async function command(version, fields) {
  const body = new URLSearchParams({ version: String(version), ...fields });
  return told("command", { method: "POST", body, headers: WITH_KEY });
}

export function lookAround() {
  return told("state", { headers: JSON_PLEASE });
}

export function beHere() {
  ask(`${words.lead}/here`, { method: "POST", headers: WITH_KEY }).catch(() => {});
}

/**
 * @param {string} what
 * @param {RequestInit} options
 */
async function told(what, options) {
  try {
    const answer = await ask(`${words.lead}/${what}`, options);
    return await answer.json();
  } catch (trouble) {
    const isStranger = trouble instanceof Refusal && trouble.status === 401;
    if (isStranger) location.assign(`/staff/sign-in?to=${words.lead}`);
    throw trouble;
  }
}
