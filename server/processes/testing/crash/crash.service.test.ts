import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { runCrashRounds } from "./rounds.ts";
import { faultsOf } from "./verdict.ts";

test("kill -9 of every part under load loses nothing that was acknowledged", {
  timeout: 240_000,
}, async () => {
  const rng = createRng(1);
  const report = await runCrashRounds({
    rounds: 4,
    victims: ["postgres", "scoring", "worker", "postgres"],
    durable: true,
    clients: 16,
    random: () => rng.next(),
  });
  expect(faultsOf(report, null)).toEqual([]);
});

test("the same with synchronous_commit=off loses some, so the test can fail", {
  timeout: 240_000,
}, async () => {
  const rng = createRng(2);
  const report = await runCrashRounds({
    rounds: 3,
    victims: ["postgres"],
    durable: false,
    clients: 16,
    random: () => rng.next(),
  });
  expect(report.missing).toBeGreaterThan(0);
});
