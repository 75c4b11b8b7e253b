import { type FeatureDefinition, type WindowName, windowText } from "./feature-set.ts";

/** Against earlier amounts: by mean and deviation, by the largest, and on a logarithmic scale that frauds hardly move. */
const amountsAgainstNormal: readonly FeatureDefinition[] = [
  amountToMean("customer", "30d"),
  amountToMean("merchant", "30d"),
  amountDeviation("customer", "30d"),
  amountDeviation("merchant", "30d"),
  {
    ...ofCustomer("std", "30d"),
    unit: "minor",
    text: "spread of this customer's earlier amounts in the last 30 days (standard deviation)",
  },
  {
    ...ofCustomer("max", "30d"),
    unit: "minor",
    text: "largest amount of this customer's earlier payments in the last 30 days",
  },
  {
    ...ofCustomer("amount_to_max", "30d"),
    unit: "ratio",
    text: "amount against the largest of this customer's earlier payments in the last 30 days",
  },
  {
    ...ofCustomer("amount_log_deviation", null),
    unit: "number",
    text: "amount in standard deviations from this customer's usual one, on a logarithmic scale",
  },
  {
    ...ofCustomer("amount_to_usual", null),
    unit: "ratio",
    text: "amount against this customer's usual one",
  },
];

/** A card that is being drained pays far more than it used to, before any label says so. */
const bigPayments: readonly FeatureDefinition[] = [
  {
    ...ofCustomer("big_payments", "7d"),
    unit: "count",
    text: "earlier payments of this customer in the last 7 days of over 3 times its mean of 30 days",
  },
  {
    ...ofCustomer("big_payments", "30d"),
    unit: "count",
    text: "earlier payments of this customer in the last 30 days of over 3 times its mean of 30 days",
  },
  {
    ...ofCustomer("big_share", "7d"),
    unit: "ratio",
    text: "share of this customer's earlier payments in the last 7 days that were over 3 times its mean of 30 days",
  },
  {
    ...ofCustomer("hours_since_big_payment", "30d"),
    unit: "hours",
    text: "hours since this customer's last payment of over 3 times its mean of 30 days (within 30 days)",
  },
];

/** Of this customer's last hundred payments or so; few payments are drawn to an even spread. */
const habits: readonly FeatureDefinition[] = [
  {
    ...ofCustomer("hour_habit", null),
    unit: "ratio",
    text: "share of this customer's earlier payments within an hour of this time of day (UTC)",
  },
  {
    ...ofCustomer("weekday_habit", null),
    unit: "ratio",
    text: "share of this customer's earlier payments on this weekday (UTC)",
  },
];

/** The payment against what its customer or merchant usually does. */
export const habitDefinitions: readonly FeatureDefinition[] = [
  ...amountsAgainstNormal,
  ...bigPayments,
  ...habits,
];

function ofCustomer(
  aggregate: string,
  window: WindowName | null,
): Pick<FeatureDefinition, "name" | "entity" | "aggregate" | "window"> {
  const name = window === null ? `customer_${aggregate}` : `customer_${aggregate}_${window}`;
  return { name, entity: "customer", aggregate, window };
}

function amountToMean(entity: "customer" | "merchant", window: WindowName): FeatureDefinition {
  const text = `amount against the mean of this ${entity}'s earlier payments in the last ${windowText[window]}`;
  return {
    name: `${entity}_amount_to_mean_${window}`,
    entity,
    aggregate: "amount_to_mean",
    window,
    unit: "ratio",
    text,
  };
}

function amountDeviation(entity: "customer" | "merchant", window: WindowName): FeatureDefinition {
  const text = `amount in standard deviations from this ${entity}'s mean of the last ${windowText[window]}`;
  const name = `${entity}_amount_deviation_${window}`;
  return { name, entity, aggregate: "amount_deviation", window, unit: "number", text };
}
