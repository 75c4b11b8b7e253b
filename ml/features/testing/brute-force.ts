import { categoryCode } from "../category-code.ts";
import { DISTINCT_CAP } from "../distinct-table.ts";
import { fraudPrior, SMALLEST_LOG_SPREAD } from "../feature-readers.ts";
import { type FeatureDefinition, type FeatureSet, windowMs } from "../feature-set.ts";
import { haversineKm } from "../place-table.ts";
import type { ReplayEvent, ReplayLabel } from "../replay.ts";
import { distinctFields } from "../state-plan.ts";
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
  readonly retentionMs: number;
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
    if (i === index)
      return { event, earlier, verdicts, nowMs: Math.max(clockMs, event.occurredAtMs), retentionMs };
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
  if (/habit$/.test(d.aggregate)) return habitOf(d, event, remembered(world, field));
  if (/^amount_(log|to_usual)/.test(d.aggregate)) return againstUsual(d, event, remembered(world, field));
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
  if (d.aggregate.includes("big_")) return ofBigPayments(d, event, inWindow, bigOnes(world, field, longest));
  if (d.aggregate.includes("max")) {
    const amounts = own
      .filter((e) => e.occurredAtMs > nowMs - windowMs[d.window ?? "30d"])
      .map((e) => e.amountMinor);
    const largest = amounts.length === 0 ? Number.NaN : Math.max(...amounts);
    if (d.aggregate === "max") return largest;
    return largest > 0 ? event.amountMinor / largest : Number.NaN;
  }
  if (/run|cleared/.test(d.aggregate)) return ofRun(d, world, inWindow);
  if (/^frauds$|_fraud$/.test(d.aggregate)) {
    const times = inWindow.filter((e) => isFraud(world, e)).map((e) => e.occurredAtMs);
    if (d.aggregate === "frauds") return times.length;
    const chosen = d.aggregate.includes("first") ? Math.min(...times) : Math.max(...times);
    return times.length === 0 ? Number.NaN : (event.occurredAtMs - chosen) / HOUR_MS;
  }
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
  const field = distinctFields[d.aggregate as keyof typeof distinctFields];
  const ids = new Set(own.filter((e) => e.occurredAtMs > nowMs - DAY_MS).map((e) => e[field]));
  return Math.min(DISTINCT_CAP, [...ids.add(event[field])].filter((id) => id !== null).length);
}

function ofAmounts(d: FeatureDefinition, event: ReplayEvent, amounts: readonly number[]): number {
  const n = amounts.length;
  const sum = amounts.reduce((a, b) => a + b, 0);
  const mean = n === 0 ? Number.NaN : sum / n;
  // Exact, as the difference of the two may be tiny beside them.
  const squares = amounts.reduce((a, b) => a + BigInt(Math.min(b, 2 ** 38)) ** 2n, 0n);
  const twice = Number(BigInt(n) * squares - BigInt(sum) ** 2n);
  const spread = n < 3 ? Number.NaN : Math.sqrt(Math.max(0, twice) / (n * (n - 1)));
  const values: Record<string, number> = {
    count: n,
    sum,
    mean,
    mean_major: mean / 100,
    std: spread,
    amount_to_mean: sum > 0 ? (event.amountMinor * n) / sum : Number.NaN,
    amount_deviation: spread > 0 ? (event.amountMinor - mean) / spread : Number.NaN,
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

const HOUR_MS = 3_600_000;

function isFraud(world: World, event: ReplayEvent): boolean {
  return world.verdicts.get(event.id)?.fraud === true;
}

/** Going back through the judged payments: those of one time are fraud together or not at all. */
function ofRun(d: FeatureDefinition, world: World, judged: readonly ReplayEvent[]): number {
  const times = [...new Set(judged.map((e) => e.occurredAtMs))].toSorted((a, b) => b - a);
  const at = (time: number): readonly ReplayEvent[] => judged.filter((e) => e.occurredAtMs === time);
  const end = times.findIndex((time) => !at(time).every((e) => isFraud(world, e)));
  const run = end < 0 ? times : times.slice(0, end);
  if (d.aggregate === "fraud_run") return run.flatMap(at).length;
  const time = d.aggregate === "hours_since_cleared" ? times[end] : run.at(-1);
  return time === undefined ? Number.NaN : (world.event.occurredAtMs - time) / HOUR_MS;
}

type OwnField = (typeof idField)[Keyed];

/** The entity's earlier payments with the newest payment of all at the arrival of each. */
function arrivals({ event, earlier }: World, field: OwnField): { e: ReplayEvent; nowMs: number }[] {
  let nowMs = Number.NEGATIVE_INFINITY;
  return earlier
    .map((e) => {
      nowMs = Math.max(nowMs, e.occurredAtMs);
      return { e, nowMs };
    })
    .filter(({ e }) => e[field] === event[field]);
}

/** Payments over 3 times the mean of the 30 days before them, by what had arrived then. */
function bigOnes(world: World, field: OwnField, longestMs: number): readonly ReplayEvent[] {
  const own = arrivals(world, field);
  return own
    .filter(({ e, nowMs }, i) => {
      const before = own
        .slice(0, i)
        .map((p) => p.e)
        .filter((p) => p.occurredAtMs <= e.occurredAtMs)
        .filter((p) => p.occurredAtMs > Math.max(e.occurredAtMs - 30 * DAY_MS, nowMs - longestMs));
      const sum = before.reduce((a, b) => a + b.amountMinor, 0);
      return before.length > 0 && e.amountMinor * before.length > 3 * sum;
    })
    .map(({ e }) => e);
}

function ofBigPayments(
  d: FeatureDefinition,
  event: ReplayEvent,
  inWindow: readonly ReplayEvent[],
  bigs: readonly ReplayEvent[],
): number {
  const times = inWindow.filter((e) => bigs.includes(e)).map((e) => e.occurredAtMs);
  if (d.aggregate === "big_payments") return times.length;
  if (d.aggregate === "big_share") return inWindow.length === 0 ? Number.NaN : times.length / inWindow.length;
  return times.length === 0 ? Number.NaN : (event.occurredAtMs - Math.max(...times)) / HOUR_MS;
}

/** The entity's payments in order of arrival, from the first after a pause that made it forgotten. */
function remembered(world: World, field: OwnField): readonly ReplayEvent[] {
  let known: ReplayEvent[] = [];
  const forgotten = (nowMs: number): boolean =>
    known.every((p) => p.occurredAtMs <= nowMs - world.retentionMs);
  for (const { e, nowMs } of arrivals(world, field)) known = forgotten(nowMs) ? [e] : [...known, e];
  return forgotten(world.nowMs) ? [] : known;
}

function habitOf(d: FeatureDefinition, event: ReplayEvent, known: readonly ReplayEvent[]): number {
  if (known.length === 0) return Number.NaN;
  const byHour = d.aggregate === "hour_habit";
  const place = (e: ReplayEvent): number => {
    const at = new Date(e.occurredAtMs);
    return byHour ? at.getUTCHours() : at.getUTCDay();
  };
  const near = byHour ? [0, 1, 23] : [0];
  const same = known.filter((e) => near.includes((place(e) - place(event) + 24) % 24)).length;
  return (same + 5 * (byHour ? 3 / 24 : 1 / 7)) / (known.length + 5);
}

/** Plain mean and deviation, as streams of tests have no more than fifty payments. */
function againstUsual(d: FeatureDefinition, event: ReplayEvent, known: readonly ReplayEvent[]): number {
  const logs = known.map((e) => Math.log(1 + e.amountMinor));
  if (logs.length === 0) return Number.NaN;
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  const difference = Math.log(1 + event.amountMinor) - mean;
  if (d.aggregate === "amount_to_usual") return Math.exp(difference);
  const spread = Math.sqrt(logs.reduce((a, b) => a + (b - mean) ** 2, 0) / logs.length);
  return logs.length < 3 ? Number.NaN : difference / Math.max(spread, SMALLEST_LOG_SPREAD);
}
