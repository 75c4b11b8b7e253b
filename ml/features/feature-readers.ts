import { deviation } from "./amount-sums.ts";
import { attributeCode, categoryCode, categoryField } from "./category-code.ts";
import type { FeatureDefinition } from "./feature-set.ts";
import { hoursOfDay, weekdayOf } from "./pay-time.ts";
import type { PaymentEvent } from "./payment-event.ts";
import { haversineKm } from "./place-table.ts";
import { HEAD, type StatePlan } from "./state-plan.ts";

/** A feature's value for one payment, from the payment and the frame that the engine filled for it. */
export type Reader = (event: PaymentEvent, frame: Float64Array) => number;

/** Where the frame holds the pair flags (1 seen, 0 not, NaN where an id is missing), behind the entities' cells. */
export const pairKinds = ["customer_merchant", "customer_device", "customer_country"] as const;
export type PairKind = (typeof pairKinds)[number];

/** Rates of small counts are drawn to `rate` as if `weight` payments of that rate had been seen before. */
export const fraudPrior = { rate: 0.005, weight: 10 } as const;

/** Amounts that hardly ever differ count as spread by 5 %, so that a first different one has a finite deviation. */
export const SMALLEST_LOG_SPREAD = 0.05;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * The reader of a definition.
 * @throws RangeError when the engine does not know the definition's aggregate.
 */
export function readerOf(definition: FeatureDefinition, plan: StatePlan): Reader {
  const make = makers[definition.aggregate];
  if (make === undefined)
    throw new RangeError(`feature ${definition.name}: unknown aggregate ${definition.aggregate}`);
  return make(definition, plan);
}

/** The aggregates an engine knows. */
export const aggregates = (): readonly string[] => Object.keys(makers);

/** The pair a definition asks about, null when it asks about none. */
export function pairOf(definition: FeatureDefinition): PairKind | null {
  if (definition.aggregate === "seen_before") return "customer_merchant";
  if (definition.aggregate === "seen_device") return "customer_device";
  return definition.aggregate === "seen_country" ? "customer_country" : null;
}

type Maker = (definition: FeatureDefinition, plan: StatePlan) => Reader;

const makers: Readonly<Record<string, Maker>> = {
  amount: () => (event) => event.amountMinor,
  amount_major: () => (event) => event.amountMinor / 100,
  hour: () => (event) => hoursOfDay(event.occurredAtMs),
  weekday: () => (event) => weekdayOf(event.occurredAtMs),
  weekend: () => (event) => (weekdayOf(event.occurredAtMs) >= 5 ? 1 : 0),
  night: () => (event) => (hoursOfDay(event.occurredAtMs) < 7 ? 1 : 0),
  channel: (definition) => (event) =>
    event.channel === null ? Number.NaN : event.channel === definition.attribute ? 1 : 0,
  category: (definition) => {
    const field = categoryField(definition.attribute);
    let last = ""; // most payments share their currency and channel with the one before
    let code = categoryCode(last);
    return (event) => {
      const text = event[field];
      if (text === null) return Number.NaN;
      if (text !== last) {
        last = text;
        code = categoryCode(text);
      }
      return code;
    };
  },
  attribute: (definition) => {
    const name = definition.attribute ?? definition.name;
    if (definition.unit === "category") return (event) => attributeCode(event.attributes[name]);
    return (event) => numeric(event.attributes[name]);
  },
  count: (definition, plan) => {
    const at = plan.sums(definition, "payments");
    const own = ownPayment(definition);
    return (_, frame) => (frame[at] as number) + own;
  },
  sum: (definition, plan) => {
    const at = plan.sums(definition, "payments");
    const own = ownPayment(definition);
    return (event, frame) => (frame[at + 1] as number) + own * event.amountMinor;
  },
  mean: (definition, plan) => meanReader(plan.sums(definition, "payments"), ownPayment(definition), 1),
  mean_major: (definition, plan) =>
    meanReader(plan.sums(definition, "payments"), ownPayment(definition), 100),
  std: (definition, plan) => {
    const at = plan.sums(definition, "payments");
    return (_, frame) => deviation(frame, at);
  },
  amount_to_mean: (definition, plan) => {
    const at = plan.sums(definition, "payments");
    return (event, frame) => {
      const sum = frame[at + 1] as number;
      return sum > 0 ? (event.amountMinor * (frame[at] as number)) / sum : Number.NaN;
    };
  },
  amount_deviation: (definition, plan) => {
    const at = plan.sums(definition, "payments");
    return (event, frame) => {
      const spread = deviation(frame, at);
      return spread > 0
        ? (event.amountMinor - (frame[at + 1] as number) / (frame[at] as number)) / spread
        : Number.NaN;
    };
  },
  max: (definition, plan) => headReader(plan.sums(definition, "maxima")),
  amount_to_max: (definition, plan) => {
    const at = plan.sums(definition, "maxima");
    return (event, frame) => {
      const largest = frame[at] as number;
      return largest > 0 ? event.amountMinor / largest : Number.NaN;
    };
  },
  amount_log_deviation: (definition, plan) => {
    const at = plan.head(definition.entity) + HEAD.usual;
    return (event, frame) => {
      const spread = frame[at + 1] as number;
      const difference = Math.log1p(event.amountMinor) - (frame[at] as number);
      return difference / (spread < SMALLEST_LOG_SPREAD ? SMALLEST_LOG_SPREAD : spread);
    };
  },
  amount_to_usual: (definition, plan) => {
    const at = plan.head(definition.entity) + HEAD.usual;
    return (event, frame) => Math.exp(Math.log1p(event.amountMinor) - (frame[at] as number));
  },
  big_payments: (definition, plan) => headReader(plan.sums(definition, "bigs")),
  big_share: (definition, plan) => {
    const bigs = plan.sums(definition, "bigs");
    const payments = plan.sums(definition, "payments");
    return (_, frame) =>
      (frame[payments] as number) > 0 ? (frame[bigs] as number) / (frame[payments] as number) : Number.NaN;
  },
  hours_since_big_payment: (definition, plan) => hoursReader(plan.head(definition.entity) + HEAD.big),
  hour_habit: (definition, plan) => headReader(plan.head(definition.entity) + HEAD.habit),
  weekday_habit: (definition, plan) => headReader(plan.head(definition.entity) + HEAD.habit + 1),
  fraud_rate: (definition, plan) => {
    const payments = plan.sums(definition, "payments");
    const frauds = plan.sums(definition, "frauds");
    return (_, frame) =>
      shrunkRate(Math.min(frame[frauds] as number, frame[payments] as number), frame[payments] as number);
  },
  fraud_share: (definition, plan) => {
    const payments = plan.sums(definition, "payments");
    const frauds = plan.sums(definition, "frauds");
    // The book's convention: a terminal without payments in the window has risk 0.
    return (_, frame) =>
      (frame[payments] as number) > 0 ? (frame[frauds] as number) / (frame[payments] as number) : 0;
  },
  labelled_fraud_rate: (definition, plan) => {
    const at = plan.sums(definition, "labels");
    return (_, frame) => shrunkRate(frame[at + 1] as number, frame[at] as number);
  },
  frauds: (definition, plan) => headReader(plan.sums(definition, "frauds")),
  hours_since_first_fraud: (definition, plan) => hoursReader(plan.head(definition.entity) + HEAD.streak),
  hours_since_last_fraud: (definition, plan) => hoursReader(plan.head(definition.entity) + HEAD.streak + 1),
  fraud_run: (definition, plan) => headReader(plan.head(definition.entity) + HEAD.run),
  hours_since_run_start: (definition, plan) => hoursReader(plan.head(definition.entity) + HEAD.run + 1),
  hours_since_cleared: (definition, plan) => hoursReader(plan.head(definition.entity) + HEAD.run + 2),
  seconds_since_last: (definition, plan) => {
    const at = plan.head(definition.entity) + HEAD.paidAt;
    return (event, frame) => {
      const elapsed = event.occurredAtMs - (frame[at] as number);
      return elapsed >= 0 ? elapsed / 1000 : Number.NaN; // a late payment has no known predecessor
    };
  },
  distinct_cards: (definition, plan) => headReader(plan.distinct(definition)),
  distinct_merchants: (definition, plan) => headReader(plan.distinct(definition)),
  distinct_customers: (definition, plan) => headReader(plan.distinct(definition)),
  distance_from_last: (definition, plan) => {
    const at = plan.head(definition.entity) + HEAD.place;
    return (event, frame) => distance(event, frame, at);
  },
  speed_from_last: (definition, plan) => {
    const at = plan.head(definition.entity) + HEAD.place;
    return (event, frame) => {
      const elapsed = Math.abs(event.occurredAtMs - (frame[at + 2] as number));
      return distance(event, frame, at) / (Math.max(elapsed, MINUTE_MS) / HOUR_MS);
    };
  },
  seen_before: pairReader,
  seen_device: pairReader,
  seen_country: pairReader,
};

function pairReader(definition: FeatureDefinition, plan: StatePlan): Reader {
  const at = plan.frameSize + pairKinds.indexOf(pairOf(definition) ?? "customer_merchant");
  return headReader(at);
}

function headReader(at: number): Reader {
  return (_, frame) => frame[at] as number;
}

/** Hours since the time in a cell of the frame; NaN where it holds none. */
function hoursReader(at: number): Reader {
  return (event, frame) => (event.occurredAtMs - (frame[at] as number)) / HOUR_MS;
}

function meanReader(at: number, own: number, divisor: number): Reader {
  return (event, frame) => {
    const count = (frame[at] as number) + own;
    return count > 0 ? ((frame[at + 1] as number) + own * event.amountMinor) / divisor / count : Number.NaN;
  };
}

function ownPayment(definition: FeatureDefinition): 0 | 1 {
  return definition.includesCurrent === true ? 1 : 0;
}

function shrunkRate(frauds: number, payments: number): number {
  if (!(payments > 0)) return Number.NaN;
  return (frauds + fraudPrior.rate * fraudPrior.weight) / (payments + fraudPrior.weight);
}

function distance(event: PaymentEvent, frame: Float64Array, at: number): number {
  if (event.latitude === null || event.longitude === null) return Number.NaN;
  return haversineKm(frame[at] as number, frame[at + 1] as number, event.latitude, event.longitude);
}

function numeric(value: PaymentEvent["attributes"][string] | undefined): number {
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : Number.NaN;
}
