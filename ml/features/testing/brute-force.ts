import { categoryCode } from "../category-code.ts";
import { DISTINCT_CAP } from "../distinct-table.ts";
import { fraudPrior } from "../feature-readers.ts";
import { type FeatureDefinition, type FeatureSet, windowMs } from "../feature-set.ts";
import { haversineKm } from "../place-table.ts";
import type { ReplayEvent, ReplayLabel } from "../replay.ts";
import { DAY_MS, type Stream } from "./arbitrary-stream.ts";

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

export function worldOf({ events, labels }: Stream, index: number, retentionMs: number): World {
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

/** A feature by its definition at one-second tiles, however long it takes. */
export function bruteForce(d: FeatureDefinition, world: World, set: FeatureSet): number {
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
    category: d.aggregate === "category" ? categoryOf(event[d.attribute as "country"]) : Number.NaN,
  };
  return values[d.aggregate] ?? Number.NaN;
}

function categoryOf(text: string | null): number {
  return text === null ? Number.NaN : categoryCode(text);
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
