import { expect, test } from "vitest";
import { type ArmGroup, canaryGuardrails, type SlowCounts } from "./canary-guardrails.ts";

const GROUPS = 50;
/** So many payments in each group, with shares of what happened to them. */
function arm(payments: number, shares: Partial<Record<keyof ArmGroup, number>> = {}): ArmGroup[] {
  return Array.from({ length: GROUPS }, () => ({
    payments,
    failed: Math.round(payments * (shares.failed ?? 0)),
    errors: Math.round(payments * (shares.errors ?? 0)),
    reviewed: Math.round(payments * (shares.reviewed ?? 0.03)),
    declined: Math.round(payments * (shares.declined ?? 0.01)),
  }));
}

const broken = (canary: ArmGroup[], champion = arm(1_000), slow: SlowCounts | null = null): string[] =>
  canaryGuardrails({ canary, champion }, slow)
    .filter(({ passed }) => passed === false)
    .map(({ name }) => name);

test("two arms that do alike break nothing", () => {
  expect(broken(arm(100))).toEqual([]);
});

test("each guardrail breaks by its own measure", () => {
  expect(broken(arm(200, { failed: 0.1 }))).toEqual(["failed"]);
  expect(broken(arm(200, { errors: 0.1 }))).toEqual(["errors"]);
  expect(broken(arm(200, { reviewed: 0.2 }))).toEqual(["reviewed"]);
  expect(broken(arm(200, { declined: 0.2 }))).toEqual(["declined"]);
  expect(broken(arm(200, { reviewed: 0 }), arm(1_000, { reviewed: 0.3 }))).toEqual(["reviewed"]);
});

test("a few payments are not judged, however bad", () => {
  const checks = canaryGuardrails({ canary: arm(3, { failed: 1 }), champion: arm(1_000) }, null);
  expect(checks.map(({ passed }) => passed)).toEqual([null, null, null, null, null]);
  expect(checks[0]?.says).toBe(
    "150 payments by the challenger, 50,000 by the champion; 200 each are needed.",
  );
});

test("a little beyond a limit is chance", () => {
  expect(broken(arm(20, { reviewed: 0.1 }))).toEqual([]); // 10 % of 1,000 against 7 %, and 50 customers
  expect(broken(arm(2_000, { reviewed: 0.1 }))).toEqual(["reviewed"]);
});

test("slow scores are judged by the share beyond the limit, and said in milliseconds", () => {
  const slow = (hits: number): SlowCounts => ({
    windows: Array.from({ length: 60 }, () => ({ hits, total: 100 })),
    limitMs: 0.2,
    championP99Ms: 0.06,
    canaryP99Ms: 0.9,
  });
  expect(broken(arm(100), arm(1_000), slow(1))).toEqual([]);
  expect(broken(arm(100), arm(1_000), slow(8))).toEqual(["latency"]);
  const says = canaryGuardrails({ canary: arm(100), champion: arm(100) }, slow(8)).at(-1)?.says;
  expect(says).toBe(
    "99 of 100 payments are scored within 0.90 ms by the challenger, 0.06 ms by the champion; 0.20 ms is the limit, and 8.0 % took longer.",
  );
});

test("every check tells both arms with their intervals", () => {
  const [, , reviewed] = canaryGuardrails({ canary: arm(100), champion: arm(1_000) }, null);
  expect(reviewed?.canary.share).toBeCloseTo(0.03, 12);
  expect(reviewed?.canary.interval?.lower).toBeLessThan(0.03);
  expect(reviewed?.champion.interval?.upper).toBeGreaterThan(0.03);
});
