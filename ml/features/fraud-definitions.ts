import { type FeatureDefinition, type WindowName, windowText } from "./feature-set.ts";

/** Payments this old are judged: what is not known as fraud by then is taken for legitimate. */
const JUDGED_DAYS = 7;
const judgedDays = ["1d", "7d", "30d"] as const;

type Labelled = "customer" | "merchant" | "device";

/**
 * What the labels recorded so far say. A compromised merchant stays so for weeks and then is clean again, so rates alone
 * do not tell the middle of a run of frauds from its end: how the judged payments end, and the age of the first and
 * of the last fraud, do.
 */
export const fraudDefinitions: readonly FeatureDefinition[] = [
  fraudRate("merchant", "7d"),
  fraudRate("merchant", "30d"),
  fraudRate("customer", "30d"),
  fraudRate("device", "30d"),
  labelledFraudRate("1d"),
  labelledFraudRate("7d"),
  ...judgedDays.map(judgedFraudRate),
  {
    ...ofMerchant("fraud_run"),
    delayDays: JUDGED_DAYS,
    unit: "count",
    text: "frauds that this merchant's judged payments end with, one after the other (older than 7 days)",
  },
  {
    ...ofMerchant("hours_since_run_start"),
    delayDays: JUDGED_DAYS,
    unit: "hours",
    text: "hours since the first of the frauds that this merchant's judged payments end with",
  },
  {
    ...ofMerchant("hours_since_cleared"),
    delayDays: JUDGED_DAYS,
    unit: "hours",
    text: "hours since this merchant's newest payment that is older than 7 days and no fraud",
  },
  { ...ofMerchant("frauds"), unit: "count", text: "known frauds at this merchant in the last 30 days" },
  {
    ...ofMerchant("hours_since_first_fraud"),
    unit: "hours",
    text: "hours since this merchant's first known fraud of the last 30 days",
  },
  hoursSinceLastFraud("merchant"),
  hoursSinceLastFraud("customer"),
  hoursSinceLastFraud("device"),
];

function fraudRate(entity: Labelled, window: WindowName): FeatureDefinition {
  return {
    name: `${entity}_fraud_rate_${window}`,
    entity,
    aggregate: "fraud_rate",
    window,
    unit: "ratio",
    text: `share of fraud among this ${entity}'s earlier payments in the last ${windowText[window]}`,
  };
}

function labelledFraudRate(window: WindowName): FeatureDefinition {
  return {
    name: `merchant_labelled_fraud_rate_${window}`,
    entity: "merchant",
    aggregate: "labelled_fraud_rate",
    window,
    unit: "ratio",
    text: `share of fraud among this merchant's payments labelled in the last ${windowText[window]}`,
  };
}

function judgedFraudRate(window: WindowName): FeatureDefinition {
  return {
    name: `merchant_judged_fraud_rate_${window}`,
    entity: "merchant",
    aggregate: "fraud_rate",
    window,
    delayDays: JUDGED_DAYS,
    unit: "ratio",
    text: `share of fraud among this merchant's payments of the ${windowText[window]} that ended 7 days ago`,
  };
}

function ofMerchant(aggregate: string): Pick<FeatureDefinition, "name" | "entity" | "aggregate" | "window"> {
  return { name: `merchant_${aggregate}_30d`, entity: "merchant", aggregate, window: "30d" };
}

function hoursSinceLastFraud(entity: Labelled): FeatureDefinition {
  return {
    name: `${entity}_hours_since_last_fraud_30d`,
    entity,
    aggregate: "hours_since_last_fraud",
    window: "30d",
    unit: "hours",
    text: `hours since this ${entity}'s last known fraud of the last 30 days`,
  };
}
