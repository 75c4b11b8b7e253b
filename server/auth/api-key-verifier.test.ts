import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { generateApiKey } from "./api-key.ts";
import { type ApiKeyStore, createApiKeyVerifier, type KnownKey } from "./api-key-verifier.ts";

const { key } = generateApiKey(randomBytes);
const known: KnownKey = { id: "k1", name: "checkout", scopes: ["score"] };

function storeOf(answer: () => KnownKey | null): ApiKeyStore & { asked: number; touched: Date[] } {
  const store = {
    asked: 0,
    touched: [] as Date[],
    find: async () => {
      store.asked++;
      return answer();
    },
    touch: async (_id: string, at: Date) => {
      store.touched.push(at);
    },
  };
  return store;
}

const noon = new Date("2026-11-20T12:00:00Z");
const clocks = (elapsedMs: () => number) => ({ elapsedMs, now: () => noon });

test("the last use is noted as a time of day, not as an age of the process", async () => {
  const store = storeOf(() => known);
  await createApiKeyVerifier(
    store,
    clocks(() => 5),
  ).verify(key);
  expect(store.touched).toEqual([noon]);
});

test("text that has not the form of a key is refused without asking", async () => {
  const store = storeOf(() => known);
  const verifier = createApiKeyVerifier(
    store,
    clocks(() => 0),
  );
  expect(await verifier.verify("assay_short")).toBeNull();
  expect(await verifier.verify(`${key} `)).toBeNull();
  expect(store.asked).toBe(0);
});

test("many requests at once with one key ask once", async () => {
  const store = storeOf(() => known);
  const verifier = createApiKeyVerifier(
    store,
    clocks(() => 0),
  );
  const answers = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(key)));
  expect(answers.every((a) => a?.id === "k1")).toBe(true);
  expect(store.asked).toBe(1);
});

test("a revoked key is refused within a second, even when it is used all the time", async () => {
  let revoked = false;
  let now = 0;
  const store = storeOf(() => (revoked ? null : known));
  const verifier = createApiKeyVerifier(
    store,
    clocks(() => now),
  );
  expect(await verifier.verify(key)).toEqual(known);
  revoked = true;
  now = 100;
  expect(await verifier.verify(key)).toEqual(known);
  now = 1_000;
  expect(await verifier.verify(key)).toBeNull();
});

test("a key in use is renewed in the background before it grows too old", async () => {
  let now = 0;
  const store = storeOf(() => known);
  const verifier = createApiKeyVerifier(
    store,
    clocks(() => now),
  );
  await verifier.verify(key);
  now = 500;
  await verifier.verify(key);
  await Promise.resolve();
  now = 1_300;
  await verifier.verify(key);
  expect(store.asked).toBe(3);
});

test("a key that was looked up a moment ago is known at once, and no longer than that", async () => {
  let now = 0;
  const verifier = createApiKeyVerifier(
    storeOf(() => known),
    clocks(() => now),
  );
  expect(verifier.verify(key)).toBeInstanceOf(Promise);
  await verifier.verify(key);
  now = 899;
  expect(verifier.verify(key)).toBe(known);
  await Promise.resolve();
  now = 899 + 900;
  expect(verifier.verify(key)).toBeInstanceOf(Promise);
});

test("use is noted at most once a minute", async () => {
  let now = 0;
  const store = storeOf(() => known);
  const verifier = createApiKeyVerifier(store, { elapsedMs: () => now, now: () => new Date(now) });
  for (now = 0; now < 61_000; now += 1_000) await verifier.verify(key);
  expect(store.touched.map((d) => d.getTime())).toEqual([0, 60_000]);
});

test("when the store cannot be asked the error is the caller's, and the next call asks again", async () => {
  let broken = true;
  const store = storeOf(() => {
    if (broken) throw new Error("connection refused");
    return known;
  });
  const verifier = createApiKeyVerifier(
    store,
    clocks(() => 0),
  );
  await expect(verifier.verify(key)).rejects.toThrow("connection refused");
  broken = false;
  expect(await verifier.verify(key)).toEqual(known);
});
