import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { repeat } from "./repeat.ts";

test("turns follow one another and never overlap", async () => {
  let [turns, atOnce, most] = [0, 0, 0];
  const loop = repeat(
    1,
    async () => {
      most = Math.max(most, ++atOnce);
      await sleep(5);
      turns++;
      atOnce--;
    },
    () => {},
  );
  await sleep(60);
  await loop.stop();
  expect(most).toBe(1);
  expect(turns).toBeGreaterThan(2);
});

test("a failing turn is reported and the next one comes", async () => {
  const errors: unknown[] = [];
  let turns = 0;
  const failing = async (): Promise<void> => {
    turns++;
    throw new Error(`turn ${turns}`);
  };
  const loop = repeat(1, failing, (error) => errors.push(error));
  await sleep(40);
  await loop.stop();
  expect(errors.length).toBe(turns);
  expect(turns).toBeGreaterThan(1);
});

test("stopping waits for the turn under way and ends a long pause at once", async () => {
  let done = false;
  const loop = repeat(
    60_000,
    async () => {
      await sleep(20);
      done = true;
    },
    () => {},
  );
  await loop.stop();
  expect(done).toBe(true);
  const paused = repeat(
    60_000,
    async () => {},
    () => {},
  );
  await sleep(5);
  await paused.stop();
});
