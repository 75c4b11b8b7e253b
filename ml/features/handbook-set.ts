import { defineFeatureSet, exactResolution, type FeatureDefinition } from "./feature-set.ts";

const days = ["1d", "7d", "30d"] as const;
const bookName = { "1d": "1DAY", "7d": "7DAY", "30d": "30DAY" } as const;
const inWords = { "1d": "day", "7d": "7 days", "30d": "30 days" } as const;
const LABEL_DELAY_DAYS = 7;

const transaction = { entity: "transaction", window: null } as const;
const terminal = { entity: "merchant", unit: "count", delayDays: LABEL_DELAY_DAYS } as const;

/**
 * The 15 features of the Fraud Detection Handbook (BaselineFeatureTransformation) under its own column names.
 * Customer windows are (t - w, t] and count the payment itself; terminal windows are (t - 7 d - w, t - 7 d], so
 * that every label in them is known; a terminal is a merchant. Amounts are in major units, night is an hour of
 * at most 6, and an empty terminal window has risk 0. Payments of one customer in the same second go by arrival;
 * the book's own order of them may differ.
 */
const definitions: readonly FeatureDefinition[] = [
  { ...transaction, name: "TX_AMOUNT", aggregate: "amount_major", unit: "number", text: "amount" },
  {
    ...transaction,
    name: "TX_DURING_WEEKEND",
    aggregate: "weekend",
    unit: "flag",
    text: "Saturday or Sunday (UTC)",
  },
  {
    ...transaction,
    name: "TX_DURING_NIGHT",
    aggregate: "night",
    unit: "flag",
    text: "midnight to 7:00 (UTC)",
  },
  ...days.flatMap((window): FeatureDefinition[] => [
    {
      name: `CUSTOMER_ID_NB_TX_${bookName[window]}_WINDOW`,
      entity: "customer",
      aggregate: "count",
      window,
      unit: "count",
      includesCurrent: true,
      text: `payments of this customer in the last ${inWords[window]}, this one included`,
    },
    {
      name: `CUSTOMER_ID_AVG_AMOUNT_${bookName[window]}_WINDOW`,
      entity: "customer",
      aggregate: "mean_major",
      window,
      unit: "number",
      includesCurrent: true,
      text: `mean amount of this customer in the last ${inWords[window]}, this payment included`,
    },
  ]),
  ...days.flatMap((window): FeatureDefinition[] => [
    {
      ...terminal,
      name: `TERMINAL_ID_NB_TX_${bookName[window]}_WINDOW`,
      aggregate: "count",
      window,
      text: `payments of this merchant in the ${inWords[window]} that ended 7 days ago`,
    },
    {
      ...terminal,
      name: `TERMINAL_ID_RISK_${bookName[window]}_WINDOW`,
      aggregate: "fraud_share",
      window,
      unit: "ratio",
      text: `share of fraud at this merchant in the ${inWords[window]} that ended 7 days ago`,
    },
  ]),
];

export const handbookFeatureSet = defineFeatureSet("handbook", definitions, exactResolution);
