import { expect, test } from "vitest";
import { type SimulatedPayment, simulate } from "./simulate.ts";

const START_MS = Date.UTC(2026, 7, 1);
const history = [...simulate({ seed: 8, startMs: START_MS, days: 45, customers: 2500, merchants: 500 })];
const isFraud = ({ fraudKind }: SimulatedPayment): boolean => fraudKind !== null;

/** Area under the ROC curve of one number, ties counted half, in whichever direction is the better. */
function separation(rows: readonly { value: number; fraud: boolean }[]): number {
  const sorted = rows.toSorted((a, b) => a.value - b.value);
  const positives = rows.filter(({ fraud }) => fraud).length;
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (sorted[to]?.value === sorted[from]?.value && to < sorted.length) to++;
    const tied = sorted.slice(from, to).filter(({ fraud }) => fraud).length;
    rankSum += tied * ((from + 1 + to) / 2);
    from = to;
  }
  const area = (rankSum - (positives * (positives + 1)) / 2) / (positives * (rows.length - positives));
  return Math.max(area, 1 - area);
}

/** Rows of those payments that have the value at all. */
function rowsOf(read: (simulated: SimulatedPayment) => unknown): { value: number; fraud: boolean }[] {
  return history.flatMap((simulated) => {
    const value = read(simulated);
    return value === undefined || value === null ? [] : [{ value: Number(value), fraud: isFraud(simulated) }];
  });
}

test("neither amount, hour, place nor any attribute separates fraud by itself", () => {
  const values: Record<string, (simulated: SimulatedPayment) => unknown> = {
    amount: ({ payment }) => payment.amountMinor,
    hour: ({ payment }) => new Date(payment.occurredAtMs).getUTCHours(),
    latitude: ({ payment }) => payment.latitude,
    longitude: ({ payment }) => payment.longitude,
    hasDevice: ({ payment }) => payment.deviceId !== null,
    avsMatch: ({ payment }) => payment.attributes.avsMatch,
    threeDs: ({ payment }) => payment.attributes.threeDs,
    newPayee: ({ payment }) => payment.attributes.newPayee,
    emailAgeDays: ({ payment }) => payment.attributes.emailAgeDays,
    sessionSeconds: ({ payment }) => payment.attributes.sessionSeconds,
    magstripe: ({ payment }) => payment.attributes.entryMode === "magstripe",
  };
  for (const [name, read] of Object.entries(values)) {
    expect.soft(separation(rowsOf(read)), name).toBeLessThan(0.88);
  }
});

test("the attributes help, though: addresses match less often and sessions are shorter in fraud", () => {
  const area = separation(rowsOf(({ payment }) => payment.attributes.sessionSeconds));
  expect(area).toBeGreaterThan(0.58);
  expect(separation(rowsOf(({ payment }) => payment.attributes.avsMatch))).toBeGreaterThan(0.55);
});

test("the shape of an identifier tells nothing: lengths separate no better than chance", () => {
  for (const field of ["deviceId", "ip"] as const) {
    const area = separation(rowsOf(({ payment }) => payment[field]?.length));
    expect(area, field).toBeLessThan(0.62);
  }
});

test("every country, channel, entry mode and category seen in fraud is seen in honest payments too", () => {
  const seen = (wanted: boolean): Set<string> =>
    new Set(
      history
        .filter((simulated) => isFraud(simulated) === wanted)
        .flatMap(({ payment }) => [
          `country ${payment.country}`,
          `channel ${payment.channel}`,
          `entry ${payment.attributes.entryMode}`,
          `category ${payment.merchantCategory}`,
        ]),
    );
  const honest = seen(false);
  expect([...seen(true)].filter((value) => !honest.has(value))).toEqual([]);
});
