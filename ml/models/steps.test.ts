import { expect, test } from "vitest";
import { finish, finishInSlices, type Steps } from "./steps.ts";

function* counting(to: number): Steps<number> {
  for (let i = 0; i < to; i++) yield;
  return to;
}

test("all steps at once and in slices come to the same", async () => {
  expect(finish(counting(5))).toBe(5);
  let pauses = 0;
  const pause = async (): Promise<void> => void pauses++;
  expect(await finishInSlices(counting(5), { pause, sliceMs: 0 })).toBe(5);
  expect(pauses).toBe(6); // before each step
  pauses = 0;
  expect(await finishInSlices(counting(5), { pause, sliceMs: 60_000 })).toBe(5);
  expect(pauses).toBe(1);
});
