// Rows of numbers, and a clock's minutes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { minutes } from "../../audioguide/web/static/minutes.js";
import { reached } from "../../audioguide/web/static/rows.js";

test("the last place of a row that a number has reached", () => {
  assert.equal(reached([0, 10, 20], -1), -1);
  assert.equal(reached([0, 10, 20], 0), 0);
  assert.equal(reached([0, 10, 20], 19.9), 1);
  assert.equal(reached([0, 10, 20], 99), 2);
  assert.equal(reached([], 5), -1);
});

test("minutes and seconds", () => {
  assert.deepEqual([0, 9.9, 60, 605.2].map(minutes), ["0:00", "0:09", "1:00", "10:05"]);
});
