// What a phone makes of the states of its group that it hears of.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Group } from "../../audioguide/web/static/group/group.js";
import { vectors } from "./vectors.js";

const nothing = () => {};
const visitOf = (address) => ({ ok: true, json: async () => ({ address }) });

for (const [number, { begin, steps }] of vectors("group").entries()) {
  test(`the states that phone ${number} hears of`, async (t) => {
    const fetched = [];
    t.mock.method(globalThis, "fetch", async (address) => {
      fetched.push(address);
      return visitOf(address);
    });
    const group = new Group("/live/key", begin, null, nothing);
    await group.take(begin);
    for (const { heard, state, now, holds } of steps) {
      await group.take(heard);
      assert.deepEqual(group.state, state);
      assert.equal(group.holds(now).version, holds);
      if (!state.ended) assert.equal(group.visit.of, state.visit);
    }
    assert.deepEqual(fetched, [...new Set(fetched)]); // no stop is asked for twice
    assert.equal(group.visit.address, `/live/key/visit/${group.visit.of}`);
  });
}

test("a stop that is not told has the state taken, and is asked for again", async (t) => {
  const [{ begin }] = vectors("group");
  let isThere = false;
  t.mock.method(globalThis, "fetch", async (address) =>
    isThere ? visitOf(address) : { ok: false, status: 404 },
  );
  const group = new Group("/live/key", begin, null, nothing);
  const next = { ...begin, version: begin.version + 1, visit: begin.visit + 1 };
  await assert.rejects(group.take(next), { message: "refused: 404", name: "Error" });
  assert.deepEqual([group.state, group.visit], [next, null]);
  isThere = true;
  await group.take(next);
  assert.equal(group.visit.of, next.visit);
});

test("the page is told of every state that counts, and of no other", async (t) => {
  const [{ begin }] = vectors("group");
  t.mock.method(globalThis, "fetch", async (address) => visitOf(address));
  let told = 0;
  const group = new Group("/live/key", begin, null, () => (told += 1));
  await group.take({ ...begin, version: begin.version - 1 });
  assert.equal(told, 0);
  await group.take(begin);
  await group.take({ ...begin, version: begin.version + 1 });
  assert.equal(told, 2);
});

for (const status of [404, 410, 500]) {
  test(`a server that answers ${status} ends the tour only where it says so`, async (t) => {
    const [{ begin }] = vectors("group");
    t.mock.method(globalThis, "fetch", async () => ({ ok: false, status }));
    const group = new Group("/live/key", begin, null, nothing);
    await group.look();
    assert.deepEqual([group.state.ended, group.isLost], [status < 500, status === 500]);
  });
}
