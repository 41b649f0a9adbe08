// What Python reckoned, for the tests of the scripts: a folder of JSON files is named in VECTORS.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function vectors(name) {
  const found = JSON.parse(readFileSync(join(process.env.VECTORS, `${name}.json`), "utf-8"));
  assert.ok(found.length > 0);
  return found;
}
