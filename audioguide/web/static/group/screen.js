// The screen of a phone, kept awake: a phone that sleeps hears no next command.

/** @type {WakeLockSentinel | null} */
let awake = null;

export async function stayAwake() {
  if (awake !== null && !awake.released) return;
  awake = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}
