import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet } from "./default-set.ts";
import { DISTINCT_CAP } from "./distinct-table.ts";
import { fraudPrior } from "./feature-readers.ts";
import {
  defineFeatureSet,
  exactResolution,
  type FeatureDefinition,
  type FeatureSet,
  windowMs,
} from "./feature-set.ts";
import { haversineKm } from "./place-table.ts";
import { type ReplayEvent, type ReplayLabel, replay } from "./replay.ts";
import { arbitraryStream, DAY_MS, labelOf, type Stream } from "./testing/arbitrary-stream.ts";
import { payment, START_MS } from "./testing/payment.ts";

const exact = defineFeatureSet("exact", defaultFeatureSet.definitions, exactResolution);
const idField = {
  customer: "customerId",
  merchant: "merchantId",
  card: "cardToken",
  device: "deviceId",
  ip: "ip",
} as const;
type Keyed = keyof typeof idField;

/** What was known when payment `index` arrived, straight from the definitions and in quadratic time. */
type World = {
  readonly event: ReplayEvent;
  readonly earlier: readonly ReplayEvent[];
  readonly verdicts: ReadonlyMap<string, { readonly label: ReplayLabel; readonly fraud: boolean }>;
  readonly nowMs: number;
};

function worldOf({ events, labels }: Stream, index: number, retentionMs: number): World {
  const earlier: ReplayEvent[] = [];
  const verdicts = new Map<string, { label: ReplayLabel; fraud: boolean }>();
  let clockMs = Number.NEGATIVE_INFINITY;
  let applied = 0;
  for (const [i, event] of events.entries()) {
    for (
      let label = labels[applied];
      label !== undefined && label.recordedAtMs <= event.occurredAtMs;
      label = labels[++applied]
    ) {
      const fraud = label.label === "fraud";
      const known = verdicts.get(label.transactionId);
      if (label.occurredAtMs <= Math.max(clockMs, label.recordedAtMs) - retentionMs || known?.fraud === fraud)
        continue;
      verdicts.set(label.transactionId, { label, fraud });
    }
    if (i === index) return { event, earlier, verdicts, nowMs: Math.max(clockMs, event.occurredAtMs) };
    if (event.occurredAtMs <= clockMs - retentionMs) continue;
    earlier.push(event);
    clockMs = Math.max(clockMs, event.occurredAtMs);
  }
  throw new Error("no such payment");
}

function bruteForce(d: FeatureDefinition, world: World, set: FeatureSet): number {
  const { event, earlier, nowMs } = world;
  if (d.entity === "transaction") return ownFeature(d, event);
  if (d.aggregate.startsWith("seen")) return seenBefore(d, world);
  const field = idField[d.entity as Keyed];
  const id = event[field];
  if (id === null) return Number.NaN;
  const own = earlier.filter((e) => e[field] === id);
  if (d.window === null)
    return fromLast(
      d,
      event,
      own.filter((e) => e.occurredAtMs > nowMs - 30 * DAY_MS),
    );
  if (d.aggregate.startsWith("distinct")) return distinct(d, event, own, nowMs);
  if (d.aggregate === "labelled_fraud_rate") {
    const longest = reach(set, (o) => o.entity === d.entity && o.aggregate === d.aggregate);
    const recorded = [...world.verdicts.values()].filter(
      (v) => v.label[field] === id && inside(d, v.label.recordedAtMs, event.occurredAtMs, nowMs - longest),
    );
    return shrunk(recorded.filter((v) => v.fraud).length, recorded.length);
  }
  const longest = reach(
    set,
    (o) => o.entity === d.entity && o.window !== null && !/distinct|labelled/.test(o.aggregate),
  );
  const inWindow = own.filter((e) => inside(d, e.occurredAtMs, event.occurredAtMs, nowMs - longest));
  if (d.aggregate.startsWith("fraud")) {
    const frauds = inWindow.filter((e) => world.verdicts.get(e.id)?.fraud === true).length;
    if (d.aggregate === "fraud_share") return inWindow.length === 0 ? 0 : frauds / inWindow.length;
    return shrunk(frauds, inWindow.length);
  }
  return ofAmounts(
    d,
    event,
    [...inWindow, ...(d.includesCurrent === true ? [event] : [])].map((e) => e.amountMinor),
  );
}

function ownFeature(d: FeatureDefinition, event: ReplayEvent): number {
  const at = new Date(event.occurredAtMs);
  const weekday = (at.getUTCDay() + 6) % 7;
  const values: Record<string, number> = {
    amount: event.amountMinor,
    amount_major: event.amountMinor / 100,
    hour: at.getUTCHours() + at.getUTCMinutes() / 60 + at.getUTCSeconds() / 3600,
    weekday,
    weekend: weekday >= 5 ? 1 : 0,
    night: at.getUTCHours() <= 6 ? 1 : 0,
    channel: event.channel === d.attribute ? 1 : 0,
  };
  return values[d.aggregate] ?? Number.NaN;
}

function seenBefore(d: FeatureDefinition, { event, earlier, nowMs }: World): number {
  const field = ({ seen_before: "merchantId", seen_device: "deviceId", seen_country: "country" } as const)[
    d.aggregate as "seen_before"
  ];
  if (event[field] === null) return Number.NaN;
  const same = earlier.filter((e) => e.customerId === event.customerId && e[field] === event[field]);
  return same.some((e) => e.occurredAtMs > nowMs - 180 * DAY_MS) ? 1 : 0;
}

function fromLast(d: FeatureDefinition, event: ReplayEvent, own: readonly ReplayEvent[]): number {
  if (d.aggregate === "seconds_since_last") {
    const last = Math.max(...own.map((e) => e.occurredAtMs));
    return last <= event.occurredAtMs && Number.isFinite(last)
      ? (event.occurredAtMs - last) / 1000
      : Number.NaN;
  }
  const placed = own.filter((e) => e.latitude !== null);
  const last = placed.reduce<ReplayEvent | null>(
    (a, b) => (a !== null && a.occurredAtMs > b.occurredAtMs ? a : b),
    null,
  );
  if (last === null || event.latitude === null || event.longitude === null) return Number.NaN;
  const km = haversineKm(last.latitude ?? 0, last.longitude ?? 0, event.latitude, event.longitude);
  if (d.aggregate === "distance_from_last") return km;
  return km / (Math.max(60_000, Math.abs(event.occurredAtMs - last.occurredAtMs)) / 3_600_000);
}

function distinct(
  d: FeatureDefinition,
  event: ReplayEvent,
  own: readonly ReplayEvent[],
  nowMs: number,
): number {
  const field = d.aggregate === "distinct_cards" ? "cardToken" : "merchantId";
  const ids = new Set(own.filter((e) => e.occurredAtMs > nowMs - DAY_MS).map((e) => e[field]));
  return Math.min(DISTINCT_CAP, [...ids.add(event[field])].filter((id) => id !== null).length);
}

function ofAmounts(d: FeatureDefinition, event: ReplayEvent, amounts: readonly number[]): number {
  const n = amounts.length;
  const sum = amounts.reduce((a, b) => a + b, 0);
  const mean = n === 0 ? Number.NaN : sum / n;
  const capped = amounts.map((a) => Math.min(a, 2 ** 38));
  const squares = capped.reduce((a, b) => a + b * b, 0) - (sum * sum) / n;
  const spread = n < 3 || squares <= 0 ? Number.NaN : Math.sqrt(squares / (n - 1));
  const values: Record<string, number> = {
    count: n,
    sum,
    mean,
    mean_major: mean / 100,
    std: spread,
    amount_to_mean: sum > 0 ? (event.amountMinor * n) / sum : Number.NaN,
    amount_deviation: (event.amountMinor - mean) / spread,
  };
  return values[d.aggregate] ?? Number.NaN;
}

function inside(d: FeatureDefinition, atMs: number, nowMs: number, hiddenMs: number): boolean {
  const rightMs = nowMs - (d.delayDays ?? 0) * DAY_MS;
  return atMs <= rightMs && atMs > rightMs - (d.window === null ? 0 : windowMs[d.window]) && atMs > hiddenMs;
}

function reach(set: FeatureSet, of: (d: FeatureDefinition) => boolean): number {
  return Math.max(
    ...set.definitions
      .filter(of)
      .map((d) => (d.window === null ? 0 : windowMs[d.window]) + (d.delayDays ?? 0) * DAY_MS),
  );
}

function shrunk(frauds: number, count: number): number {
  return count === 0
    ? Number.NaN
    : (frauds + fraudPrior.rate * fraudPrior.weight) / (count + fraudPrior.weight);
}

function expectBruteForce(set: FeatureSet, stream: Stream, retentionMs: number): void {
  const matrix = replay(set, stream.events, stream.labels);
  const width = set.definitions.length;
  for (let i = 0; i < stream.events.length; i++) {
    const world = worldOf(stream, i, retentionMs);
    for (const [f, definition] of set.definitions.entries()) {
      const got = matrix[i * width + f] ?? 0;
      const wanted = bruteForce(definition, world, set);
      const close = Object.is(got, wanted) || Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
      if (!close) expect.fail(`row ${i} ${definition.name}: ${got}, by definition ${wanted}`);
    }
  }
}

test("at one second every feature of the default set equals its definition", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: false }), (stream) => expectBruteForce(exact, stream, 30 * DAY_MS)),
    { numRuns: 150 },
  );
});

test("at one second late payments too are counted at their own time", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: true }), (stream) => expectBruteForce(exact, stream, 30 * DAY_MS)),
    { numRuns: 150 },
  );
});

test("the Handbook's set equals the book's definition on payments in order of time", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: false, maxLength: 60 }), ({ events }) => {
      const labels = events.map((e) => labelOf(e, e.occurredAtMs + 7 * DAY_MS, e.amountMinor % 3 === 0));
      expectBruteForce(handbookFeatureSet, { events, labels }, 37 * DAY_MS);
    }),
    { numRuns: 100 },
  );
});

test("at coarse tiles a window misses at most the tile that its left edge falls in", () => {
  const count = defaultFeatureSet.definitions.findIndex((d) => d.name === "customer_count_1d");
  fc.assert(
    fc.property(arbitraryStream({ late: false }), (stream) => {
      const matrix = replay(defaultFeatureSet, stream.events, []);
      stream.events.forEach((event, i) => {
        const own = stream.events.slice(0, i).filter((e) => e.customerId === event.customerId);
        const within = (ms: number) => own.filter((e) => e.occurredAtMs > event.occurredAtMs - ms).length;
        const got = matrix[i * defaultFeatureSet.definitions.length + count] ?? -1;
        expect(got).toBeLessThanOrEqual(within(DAY_MS));
        expect(got).toBeGreaterThanOrEqual(within(DAY_MS - 3_600_000));
      });
    }),
  );
});

test("distinct counts stop at their cap", () => {
  const events = Array.from({ length: 50 }, (_, i) =>
    payment({ id: `pay_${i}`, occurredAtMs: START_MS + i * 1000, deviceId: "dev_a", cardToken: `card_${i}` }),
  );
  const at = exact.definitions.findIndex((d) => d.name === "device_distinct_cards_1d");
  const counts = events.map((_, i) => replay(exact, events, [])[i * exact.definitions.length + at]);
  expect(counts).toEqual(events.map((_, i) => Math.min(i + 1, DISTINCT_CAP)));
});
