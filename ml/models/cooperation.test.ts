import { expect, test } from "vitest";
import { breathe } from "./cooperation.ts";

test("a breath lets waiting work run, and goes on without a signal", async () => {
  let ran = false;
  setImmediate(() => {
    ran = true;
  });
  await breathe(null);
  expect(ran).toBe(true);
});

test("after an abort a breath throws its reason, also when it came while breathing", async () => {
  const controller = new AbortController();
  const breath = breathe(controller.signal);
  controller.abort(new Error("enough"));
  await expect(breath).rejects.toThrow("enough");
});
