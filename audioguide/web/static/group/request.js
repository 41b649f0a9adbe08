// Requests to our own server, which may not answer.

const PATIENCE_MS = 4000;

export class Refusal extends Error {
  /** @param {Response} answer */
  constructor(answer) {
    super(`refused: ${answer.status}`);
    this.answer = answer;
    this.status = answer.status;
  }
}

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
