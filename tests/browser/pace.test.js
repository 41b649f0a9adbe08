// Which sentence is due, and what is left of a stop.
import assert from "node:assert/strict";
import { test } from "node:test";
import { due, left } from "../../audioguide/web/static/group/pace.js";
import { vectors } from "./vectors.js";

for (const { visit, moments } of vectors("pace")) {
  for (const { state, now, sentence, sound, left_ms, over } of moments) {
    const said = JSON.stringify({ begins: visit.begins_ms, state, now });
    for (const language of Object.keys(visit.words)) {
      test(`due in ${language}: ${said}`, () => {
        const there = due(state, visit, language, now);
        assert.equal(there.sentence, sentence);
        assert.equal(Boolean(there.over), over);
        assert.equal(there.second, sound[language].second_ms / 1000);
        assert.equal(there.moves, sound[language].moves);
      });
    }
    test(`left: ${said}`, () => assert.equal(left(state, visit, now), left_ms));
  }
}
