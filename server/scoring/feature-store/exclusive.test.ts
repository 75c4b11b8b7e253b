import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Exclusive } from "./exclusive.ts";

test("pieces of work run one after the other, in order", async () => {
  const exclusive = new Exclusive();
  const steps: string[] = [];
  const work = (name: string, ms: number) =>
    exclusive.run(async () => {
      steps.push(`${name} begins`);
      await sleep(ms);
      steps.push(`${name} ends`);
    });
  await Promise.all([work("slow", 10), work("quick", 0)]);
  expect(steps).toEqual(["slow begins", "slow ends", "quick begins", "quick ends"]);
});

test("a failure is its caller's and does not stop the next", async () => {
  const exclusive = new Exclusive();
  const failing = exclusive.run(() => Promise.reject(new Error("broken")));
  const next = exclusive.run(() => "done");
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("done");
});
