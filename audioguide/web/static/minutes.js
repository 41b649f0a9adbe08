// Minutes and seconds as a clock shows them.

/**
 * @param {number} second whole, or what is beyond it is left away
 * @returns {string} as 1:05
 */
export function minutes(second) {
  const whole = Math.floor(second);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
