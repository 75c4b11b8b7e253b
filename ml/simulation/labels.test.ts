import { expect, test } from "vitest";
import { createRng } from "../math/seeded-random.ts";
import { type FraudKind, fraudKinds } from "./fraud-kind.ts";
import { drawLabel, drawLabelDelayMs, type SimulatedLabelSource } from "./labels.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PAID_MS = Date.UTC(2026, 7, 1);

function delays(source: SimulatedLabelSource): number[] {
  const rng = createRng(`delays:${source}`);
  return Array.from({ length: 4001 }, () => drawLabelDelayMs(source, rng)).sort((a, b) => a - b);
}

function labelsOf(kind: FraudKind | null, count: number): ReturnType<typeof drawLabel>[] {
  const rng = createRng(`labels:${kind}`);
  return Array.from({ length: count }, () => drawLabel(kind, PAID_MS, rng));
}

test("chargebacks take about nine days in the middle and never more than 45", () => {
  const sorted = delays("chargeback");
  const median = (sorted[2000] ?? 0) / DAY_MS;
  expect(median).toBeGreaterThan(8);
  expect(median).toBeLessThan(10);
  expect(sorted[0]).toBeGreaterThanOrEqual(DAY_MS / 2);
  expect(sorted.at(-1)).toBeLessThanOrEqual(45 * DAY_MS);
  expect(sorted.at(-1)).toBeGreaterThan(35 * DAY_MS);
});

test("customers report within five days and issuers alert within three", () => {
  const reports = delays("customer_report");
  expect(reports[0]).toBeGreaterThan(0);
  expect(reports.at(-1)).toBeLessThanOrEqual(5 * DAY_MS);
  const alerts = delays("issuer_alert");
  expect(alerts[0]).toBeGreaterThanOrEqual(HOUR_MS / 2);
  expect(alerts.at(-1)).toBeLessThanOrEqual(3 * DAY_MS);
});

test("every label is recorded after its payment", () => {
  for (const kind of [...fraudKinds, null]) {
    for (const label of labelsOf(kind, 2000)) {
      if (label !== null) expect(label.recordedAtMs).toBeGreaterThan(PAID_MS);
    }
  }
});

test("a few per cent of frauds are never reported, and the others are always called fraud", () => {
  const labels = labelsOf("stolen_card", 10_000);
  const missing = labels.filter((label) => label === null).length;
  expect(missing).toBeGreaterThan(300);
  expect(missing).toBeLessThan(500);
  expect(labels.every((label) => label === null || label.label === "fraud")).toBe(true);
  expect(new Set(labels.map((label) => label?.source))).toEqual(
    new Set(["chargeback", "customer_report", "issuer_alert", undefined]),
  );
});

test("friendly fraud is always a chargeback", () => {
  expect(labelsOf("friendly_fraud", 2000).every((label) => label?.source === "chargeback")).toBe(true);
});

test("hardly any legitimate payment is judged, and only a tiny share wrongly", () => {
  const labels = labelsOf(null, 200_000).filter((label) => label !== null);
  const wrong = labels.filter(({ label }) => label === "fraud").length;
  expect(labels.length).toBeGreaterThan(50);
  expect(labels.length).toBeLessThan(160);
  expect(wrong).toBeGreaterThan(5);
  expect(wrong).toBeLessThan(45);
});
