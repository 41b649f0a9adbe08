// Where another language goes on with the same thought.
import assert from "node:assert/strict";
import { test } from "node:test";
import { counterpart, placeOf } from "../../audioguide/web/static/player/place.js";
import { vectors } from "./vectors.js";

for (const { paragraphs, others, sentences } of vectors("places")) {
  test(`the places of ${JSON.stringify(paragraphs)}`, () => {
    for (const [number, { place, there }] of sentences.entries()) {
      assert.deepEqual(placeOf(number, paragraphs), place);
      for (const [at, other] of others.entries()) {
        assert.equal(counterpart(place, other), there[at]);
        assert.ok(there[at] < other.reduce((sum, each) => sum + each));
      }
    }
  });
}

test("where no sentence was marked, none is found", () => {
  const nowhere = placeOf(-1, [2, 3]);
  assert.deepEqual(nowhere, { number: -1, of: 5, paragraph: -1, within: -1, among: 0 });
  assert.equal(counterpart(nowhere, [2, 3]), -1);
  assert.equal(counterpart(nowhere, [4]), -1);
});
