// Which sentence of the page is heard when.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cues, matched } from "../../audioguide/web/static/player/cues.js";
import { vectors } from "./vectors.js";

for (const { spoken, sentences, is_current, parts, moments } of vectors("cues")) {
  const cues = matched(spoken, sentences, is_current);
  const said = `${is_current ? "of this text" : "of an older text"}: ${sentences[0]}`;

  test(`where each sentence is heard, ${said}`, () => {
    for (const number of sentences.keys()) {
      const part = parts.indexOf(number);
      assert.equal(cues.secondOf(number), part < 0 ? undefined : spoken[part].second);
    }
    assert.equal(cues.secondOf(-1), undefined);
    const known = parts.filter((each) => each !== null);
    assert.equal(cues.first, known[0]);
  });

  test(`what is heard at a moment, ${said}`, () => {
    for (const { second, part } of moments) {
      assert.equal(cues.sentenceAt(second) ?? null, part < 0 ? null : parts[part]);
      for (const step of [1, -1]) {
        assert.equal(cues.turned(second, step), spoken[Math.max(part + step, 0)]?.second);
      }
    }
  });
}

test("where no cues have come, nothing is known", () => {
  const cues = new Cues();
  assert.deepEqual(
    [cues.isEmpty, cues.first, cues.secondOf(0), cues.sentenceAt(3)],
    [true, undefined, undefined, undefined],
  );
});
