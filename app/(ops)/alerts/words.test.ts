import { expect, test } from "vitest";
import { AlertRuleBody } from "#server/domain/alert.ts";
import { type Alert, alertsReading, ruleWords } from "./words.ts";

const rule = AlertRuleBody.parse({
  name: "x",
  series: "review_share",
  kind: "threshold",
  limit: 0.05,
  severity: "info",
});

test("a rule is told as a sentence with its units", () => {
  expect(ruleWords(rule)).toBe("Share sent to review above 5.0 %");
  expect(ruleWords({ ...rule, kind: "change", direction: "below", limit: 0.5, windows: 2 })).toBe(
    "Share sent to review down by more than 50 % on a week before, 2 days in a row",
  );
  expect(ruleWords({ ...rule, kind: "absence", series: "scored_payments" })).toBe(
    "Nothing in payments decided for a day",
  );
});

const alert: Alert = {
  id: "a",
  number: 1,
  state: "open",
  severity: "critical",
  title: "x",
  says: "y",
  link: "/",
  evidence: null,
  openedAt: "2026-11-20T12:00:00.000Z",
  lastSeenAt: "2026-11-20T12:00:00.000Z",
  raised: 1,
  acknowledgedAt: null,
  acknowledgedBy: null,
  silencedUntil: null,
  resolvedAt: null,
  resolvedBy: null,
};

test("the reading tells how many wait, how bad they are, and how many are looked after", () => {
  expect(alertsReading([], false)).toBe("Nothing is wrong that a rule knows of");
  expect(alertsReading([alert], false)).toBe("1 alert waits for somebody, 1 critical");
  expect(alertsReading([alert, { ...alert, state: "acknowledged" }], true)).toBe(
    "1+ alert waits for somebody, 1 critical, 1 looked after",
  );
});
