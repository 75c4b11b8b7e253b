import { expect, test } from "vitest";
import { DeadlineError, withDeadline } from "./deadline.ts";

test("what ends in time keeps its outcome", async () => {
  expect(await withDeadline(Promise.resolve(7), 1_000, "work")).toBe(7);
  await expect(withDeadline(Promise.reject(new Error("broken")), 1_000, "work")).rejects.toThrow("broken");
});

test("what does not end is given up, by name", async () => {
  const never = new Promise(() => {});
  await expect(withDeadline(never, 5, "writing")).rejects.toThrow(DeadlineError);
  await expect(withDeadline(never, 5, "writing")).rejects.toThrow("writing took longer than 5 ms");
});
