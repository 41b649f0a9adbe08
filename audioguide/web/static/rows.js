// Rows of numbers that rise.

/**
 * The last place of a row that a number has reached; -1 before the first.
 * @param {number[]} row
 * @param {number} number
 * @returns {number}
 */
export function reached(row, number) {
  return row.filter((each) => each <= number).length - 1;
}
