import { categoryCode, categoryField, categoryFields } from "./category-code.ts";
import type { FeatureDefinition } from "./feature-set.ts";
import { CELL } from "./payment-rows.ts";
import { HEAD, type StatePlan, type Tally } from "./state-plan.ts";

/** Where the frame holds the pair flags (1 seen, 0 not, NaN where an id is missing), behind the entities' cells. */
export const pairKinds = ["customer_merchant", "customer_device", "customer_country"] as const;
export type PairKind = (typeof pairKinds)[number];

/** Rates of small counts are drawn to `rate` as if `weight` payments of that rate had been seen before. */
export const fraudPrior = { rate: 0.005, weight: 10 } as const;

/** Amounts that hardly ever differ count as spread by 5 %, so that a first different one has a finite deviation. */
export const SMALLEST_LOG_SPREAD = 0.05;

/** What a step makes of the frame's cells a and b and its constant c; time and amount are the payment's. */
export const STEP = {
  copy: 0, // a
  scaled: 1, // a / c
  plus: 2, // a + c
  plusAmount: 3, // a + c * amount
  mean: 4, // of the sums at a with b payments of this amount more, in units of c
  share: 5, // a / b, NaN without payments
  shareOrZero: 6, // a / b, 0 without payments
  fraudRate: 7, // a of b drawn to the prior, at most b of b
  labelRate: 8, // the same of sums at a, which hold labels and frauds
  hoursSince: 9, // the time in a
  secondsSince: 10,
  spread: 11, // of the sums at a, as the next two
  amountToMean: 12,
  amountDeviation: 13,
  amountToMax: 14,
  logDeviation: 15, // from the usual amount at a, as the next one
  amountToUsual: 16,
  speed: 17, // from the place in the head cells at a
  hour: 18,
  weekday: 19,
  weekend: 20,
  night: 21,
  equals: 22, // 1 where a is c, 0 where it is not, NaN where it is missing
} as const;
export type StepKind = (typeof STEP)[keyof typeof STEP];

/** How a feature comes from the frame. */
export type Step = { readonly kind: StepKind; readonly a: number; readonly b?: number; readonly c?: number };

/** Where the frame holds a payment's row, see PaymentRows. */
export function paymentAt(plan: StatePlan): number {
  return plan.frameSize + pairKinds.length;
}

/**
 * The step of a definition.
 * @throws RangeError when the engine does not know the definition's aggregate.
 */
export function stepOf(definition: FeatureDefinition, plan: StatePlan): Step {
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

type Maker = (definition: FeatureDefinition, plan: StatePlan) => Step;

const ofPayment =
  (kind: StepKind, cell: number, c = 0): Maker =>
  (_, plan) => ({ kind, a: paymentAt(plan) + cell, c });
const ofHead =
  (kind: StepKind, cell: number): Maker =>
  ({ entity }, plan) => ({ kind, a: plan.head(entity) + cell });
const ofSums =
  (kind: StepKind, tally: Tally = "payments"): Maker =>
  (definition, plan) => ({ kind, a: plan.sums(definition, tally) });
const ofPayments =
  (kind: StepKind, tally: Tally): Maker =>
  (definition, plan) => ({ kind, a: plan.sums(definition, tally), b: plan.sums(definition, "payments") });
const ofMean =
  (units: number): Maker =>
  (definition, plan) => ({
    kind: STEP.mean,
    a: plan.sums(definition, "payments"),
    b: ownPayment(definition),
    c: units,
  });
const ofDistinct: Maker = (definition, plan) => ({ kind: STEP.copy, a: plan.distinct(definition) });
const ofPair: Maker = (definition, plan) => ({
  kind: STEP.copy,
  a: plan.frameSize + pairKinds.indexOf(pairOf(definition) ?? "customer_merchant"),
});

const makers: Readonly<Record<string, Maker>> = {
  amount: ofPayment(STEP.copy, CELL.amountMinor),
  amount_major: ofPayment(STEP.scaled, CELL.amountMinor, 100),
  hour: ofPayment(STEP.hour, CELL.atMs),
  weekday: ofPayment(STEP.weekday, CELL.atMs),
  weekend: ofPayment(STEP.weekend, CELL.atMs),
  night: ofPayment(STEP.night, CELL.atMs),
  channel: ({ attribute = "" }, plan) => ({
    kind: STEP.equals,
    a: paymentAt(plan) + CELL.categories + categoryFields.indexOf("channel"),
    c: categoryCode(attribute),
  }),
  category: ({ attribute }, plan) => ({
    kind: STEP.copy,
    a: paymentAt(plan) + CELL.categories + categoryFields.indexOf(categoryField(attribute)),
  }),
  attribute: (definition, plan) => ({
    kind: STEP.copy,
    a: paymentAt(plan) + CELL.attributes + plan.attributes.indexOf(definition),
  }),
  count: (definition, plan) => ({
    kind: STEP.plus,
    a: plan.sums(definition, "payments"),
    c: ownPayment(definition),
  }),
  sum: (definition, plan) => ({
    kind: STEP.plusAmount,
    a: plan.sums(definition, "payments") + 1,
    c: ownPayment(definition),
  }),
  mean: ofMean(1),
  mean_major: ofMean(100),
  std: ofSums(STEP.spread),
  amount_to_mean: ofSums(STEP.amountToMean),
  amount_deviation: ofSums(STEP.amountDeviation),
  max: ofSums(STEP.copy, "maxima"),
  amount_to_max: ofSums(STEP.amountToMax, "maxima"),
  amount_log_deviation: ofHead(STEP.logDeviation, HEAD.usual),
  amount_to_usual: ofHead(STEP.amountToUsual, HEAD.usual),
  big_payments: ofSums(STEP.copy, "bigs"),
  big_share: ofPayments(STEP.share, "bigs"),
  hours_since_big_payment: ofHead(STEP.hoursSince, HEAD.big),
  hour_habit: ofHead(STEP.copy, HEAD.habit),
  weekday_habit: ofHead(STEP.copy, HEAD.habit + 1),
  fraud_rate: ofPayments(STEP.fraudRate, "frauds"),
  // The book's convention: a terminal without payments in the window has risk 0.
  fraud_share: ofPayments(STEP.shareOrZero, "frauds"),
  labelled_fraud_rate: ofSums(STEP.labelRate, "labels"),
  frauds: ofSums(STEP.copy, "frauds"),
  hours_since_first_fraud: ofHead(STEP.hoursSince, HEAD.streak),
  hours_since_last_fraud: ofHead(STEP.hoursSince, HEAD.streak + 1),
  fraud_run: ofHead(STEP.copy, HEAD.run),
  hours_since_run_start: ofHead(STEP.hoursSince, HEAD.run + 1),
  hours_since_cleared: ofHead(STEP.hoursSince, HEAD.run + 2),
  seconds_since_last: ofHead(STEP.secondsSince, HEAD.paidAt),
  distinct_cards: ofDistinct,
  distinct_merchants: ofDistinct,
  distinct_customers: ofDistinct,
  distance_from_last: ofHead(STEP.copy, HEAD.distance),
  speed_from_last: ofHead(STEP.speed, 0),
  seen_before: ofPair,
  seen_device: ofPair,
  seen_country: ofPair,
};

function ownPayment(definition: FeatureDefinition): 0 | 1 {
  return definition.includesCurrent === true ? 1 : 0;
}
