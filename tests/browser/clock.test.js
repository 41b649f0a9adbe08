// What a phone knows of the server's time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../audioguide/web/static/group/clock.js";
import { vectors } from "./vectors.js";

for (const [number, { begins, ahead, exchanges }] of vectors("clock").entries()) {
  test(`the clock of phone ${number}`, async (t) => {
    let now = begins;
    let way = null;
    t.mock.method(performance, "now", () => now);
    t.mock.method(globalThis, "fetch", async (address) => {
      assert.equal(address, "/live/time");
      now += way.out;
      const answer = { now_ms: now + ahead };
      now += way.back;
      if (way.lost) throw new TypeError("no network");
      return { ok: true, json: async () => answer };
    });
    const clock = new Clock();
    assert.equal(clock.error, Infinity);
    for (way of exchanges) {
      now += way.pause;
      await clock.renew(1);
      assert.equal(clock.error, way.error ?? Infinity);
      if (way.error === null) continue;
      const wrongBy = clock.now() - (now + ahead);
      assert.equal(wrongBy, way.wrong_by);
      assert.ok(Math.abs(wrongBy) <= clock.error);
    }
  });
}

test("a phone that slept forgets what it knew", async (t) => {
  let now = 0;
  let ahead = 1000;
  t.mock.method(performance, "now", () => now);
  t.mock.method(globalThis, "fetch", async () => {
    now += 100;
    return { ok: true, json: async () => ({ now_ms: now - 50 + ahead }) };
  });
  const clock = new Clock();
  await clock.renew();
  assert.equal(clock.now(), now + 1000);
  ahead = 500_000; // its running clock stood still while it slept
  await clock.renew();
  assert.equal(clock.now(), now + 1000);
  await clock.forget();
  assert.equal(clock.now(), now + 500_000);
});
