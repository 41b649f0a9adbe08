// Which sentence is due, and what is left of a stop.
import assert from "node:assert/strict";
import { test } from "node:test";
import { due, left } from "../../audioguide/web/static/group/pace.js";
import { vectors } from "./vectors.js";

for (const { visit, moments } of vectors("pace")) {
  for (const { state, now, sentence, left_ms, over } of moments) {
    const said = JSON.stringify({ begins: visit.begins_ms, state, now });
    for (const language of Object.keys(visit.words)) {
      test(`due in ${language}: ${said}`, () => {
        const there = due(state, visit, language, now);
        assert.equal(there.sentence, sentence);
        assert.equal(Boolean(there.over), over);
        isWithin(there, visit.words[language].cues);
      });
    }
    test(`left: ${said}`, () => assert.equal(left(state, visit, now), left_ms));
  }
}

// No language is ever ahead of the sentence that is due for all, or behind its own sound.
function isWithin({ sentence, second, moves }, cues) {
  if (cues.length === 0) return assert.equal(moves, false);
  const [from] = cues[Math.min(sentence, cues.length - 1)];
  const to = cues[sentence + 1]?.[0] ?? cues.at(-1)[1];
  assert.ok(second >= from / 1000 && second <= to / 1000, `${second} of ${from}–${to}`);
}
