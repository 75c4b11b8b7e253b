import { expect, test } from "vitest";
import { attributesFeatureSet, defaultFeatureSet, handbookFeatureSet } from "#ml/features/default-set.ts";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { reasonText } from "./reason-text.ts";
import type { ReasonEvent } from "./reason-words.ts";

const event = { amountMinor: 129_900, currency: "EUR", country: "DE" };
const sets = [
  defaultFeatureSet,
  handbookFeatureSet,
  attributesFeatureSet(["v14", { name: "make", kind: "category" }]),
];

function definition(name: string): FeatureDefinition {
  const found = sets.flatMap((set) => set.definitions).find((d) => d.name === name);
  if (found === undefined) throw new Error(`no feature ${name}`);
  return found;
}

function say(name: string, row: Record<string, number>, of: Partial<ReasonEvent> = {}): string {
  return reasonText(definition(name), (key) => row[key] ?? null, { ...event, ...of });
}

test("a fraud rate is told in frauds and payments, undoing the shrinkage", () => {
  const row = { merchant_fraud_rate_7d: (3 + 0.05) / 50, merchant_count_7d: 40 };
  expect(say("merchant_fraud_rate_7d", row)).toBe("3 of this merchant's last 40 payments were fraud");
  const none = { merchant_fraud_rate_7d: 0.05 / 50, merchant_count_7d: 40 };
  expect(say("merchant_fraud_rate_7d", none)).toBe(
    "None of this merchant's last 40 payments is known as fraud",
  );
  const one = { merchant_fraud_rate_7d: 1.05 / 11, merchant_count_7d: 1 };
  expect(say("merchant_fraud_rate_7d", one)).toBe("This merchant's only payment was fraud");
});

test("an amount stands beside the customer's mean", () => {
  const row = { customer_amount_to_mean_30d: 129_900 / 4820 };
  expect(say("customer_amount_to_mean_30d", row)).toBe(
    "€1,299.00 here; this customer's 30-day mean is €48.20",
  );
  expect(say("amount", { amount: 129_900, customer_mean_30d: 4820 })).toContain("30-day mean is €48.20");
  const deviation = { customer_amount_deviation_30d: 4.23, customer_mean_30d: 4820 };
  expect(say("customer_amount_deviation_30d", deviation)).toBe(
    "€1,299.00 here, 4.2 standard deviations above this customer's 30-day mean of €48.20",
  );
});

test("where next to nothing is usual in a window, the month's count stands beside it", () => {
  expect(say("customer_count_1h", { customer_count_1h: 2, customer_count_30d: 3 })).toBe(
    "2 payments by this customer in the last hour; 3 in the last 30 days",
  );
});

test("no distance is said as the same place, and no speed is left out", () => {
  const place = (km: number, speed: number) => ({
    customer_distance_from_last: km,
    customer_speed_from_last: speed,
  });
  expect(say("customer_distance_from_last", place(0.2, 0.1))).toBe("At the place of the last payment");
  expect(say("customer_distance_from_last", place(120, 0.4))).toBe("120 km from the last place");
});

test("a count stands beside the usual count of its window", () => {
  const row = { customer_count_1h: 7, customer_count_30d: 216 };
  expect(say("customer_count_1h", row)).toBe(
    "7 payments by this customer in the last hour; usually 0.3 an hour",
  );
  expect(say("customer_count_1h", { customer_count_1h: 1 })).toBe(
    "1 payment by this customer in the last hour",
  );
  expect(say("ip_count_1d", { ip_count_1d: 0 })).toBe("No payment from this address in the last day");
});

test("places, pairs and gaps read as sentences", () => {
  const far = { customer_distance_from_last: 2300.2, customer_speed_from_last: 4600.4 };
  expect(say("customer_distance_from_last", far)).toBe("2,300 km from the last place at 4,600 km/h");
  expect(say("customer_merchant_seen_before", { customer_merchant_seen_before: 0 })).toBe(
    "First payment of this customer at this merchant",
  );
  expect(say("customer_country_seen_before", { customer_country_seen_before: 0 })).toBe(
    "First payment of this customer in DE",
  );
  const gap = { customer_seconds_since_last: 120, customer_count_30d: 10 };
  expect(say("customer_seconds_since_last", gap)).toBe(
    "2 minutes since this customer's last payment; usually one every 3 days",
  );
  expect(say("device_distinct_cards_1d", { device_distinct_cards_1d: 4 })).toBe(
    "4 cards on this device in the last day",
  );
  expect(say("hour_of_day", { hour_of_day: 3.2 })).toBe("Paid at 03:12 UTC");
});

test("the Handbook's terminal features name the window that ended seven days ago", () => {
  const row = { TERMINAL_ID_RISK_7DAY_WINDOW: 0.25, TERMINAL_ID_NB_TX_7DAY_WINDOW: 12 };
  expect(say("TERMINAL_ID_RISK_7DAY_WINDOW", row)).toBe(
    "3 of this merchant's 12 payments in the 7 days that ended 7 days ago were fraud",
  );
  expect(say("TERMINAL_ID_RISK_7DAY_WINDOW", { TERMINAL_ID_RISK_7DAY_WINDOW: 0 })).toContain("No payment");
});

test("currencies have their own number of minor digits, and an unknown one has two", () => {
  expect(say("amount", {}, { currency: "JPY" })).toBe("¥129,900 here");
  expect(say("amount", {}, { currency: "??" })).toBe("?? 1,299.00 here");
});

test("an attribute is named with its value, or as missing", () => {
  expect(say("attribute_v14", { attribute_v14: -3.21456 })).toBe("v14 is -3.215");
  expect(say("attribute_v14", { attribute_v14: Number.NaN })).toBe("v14 is missing");
});

test("runs of fraud are told by their length and their ages", () => {
  const run = { merchant_fraud_run_30d: 6, merchant_hours_since_run_start_30d: 500 };
  expect(say("merchant_fraud_run_30d", run)).toBe(
    "This merchant's last 6 payments older than 7 days were all fraud; the first was 20.8 days ago",
  );
  expect(say("merchant_fraud_run_30d", { merchant_fraud_run_30d: 1 })).toBe(
    "This merchant's newest payment older than 7 days was fraud",
  );
  expect(say("merchant_fraud_run_30d", { merchant_fraud_run_30d: 0 })).toBe(
    "This merchant's newest payment older than 7 days was no fraud",
  );
  expect(say("merchant_hours_since_cleared_30d", { merchant_hours_since_cleared_30d: 192 })).toBe(
    "This merchant's newest payment older than 7 days that was no fraud was 8 days ago",
  );
  expect(say("merchant_hours_since_first_fraud_30d", { merchant_hours_since_first_fraud_30d: 624 })).toBe(
    "This merchant's first known fraud in the last 30 days was 26 days ago",
  );
  expect(say("merchant_frauds_30d", { merchant_frauds_30d: 1 })).toBe(
    "1 known fraud at this merchant in the last 30 days",
  );
  expect(say("merchant_judged_fraud_rate_7d", { merchant_judged_fraud_rate_7d: 0.25 })).toBe(
    "About 25 % of this merchant's payments in the 7 days that ended 7 days ago were fraud",
  );
});

test("amounts stand beside the largest and the usual one", () => {
  expect(say("customer_max_30d", { customer_max_30d: 9900 })).toBe(
    "€1,299.00 here; this customer's largest in the last 30 days is €99.00",
  );
  expect(say("customer_amount_to_max_30d", { customer_amount_to_max_30d: 129_900 / 9900 })).toBe(
    "€1,299.00 here; this customer's largest in the last 30 days is €99.00",
  );
  const usual = { customer_amount_log_deviation: 3.21, customer_amount_to_usual: 129_901 / 4821 };
  expect(say("customer_amount_log_deviation", usual)).toBe(
    "€1,299.00 here, 3.2 standard deviations above what is usual for this customer; the usual amount is €48.20",
  );
  expect(say("customer_amount_to_usual", usual)).toBe("€1,299.00 here; the usual amount is €48.20");
  expect(say("customer_big_payments_7d", { customer_big_payments_7d: 4 })).toBe(
    "4 payments by this customer in the last 7 days over 3 times its usual",
  );
  expect(say("customer_hours_since_big_payment_30d", { customer_hours_since_big_payment_30d: 5 })).toBe(
    "This customer's last payment of over 3 times its usual was 5 hours ago",
  );
  expect(say("customer_hour_habit", { customer_hour_habit: 0.021 })).toBe(
    "About 2.1 % of this customer's earlier payments were around this time of day",
  );
});

test("a category is told by its text where the payment is at hand, else by what it is", () => {
  const row = { merchant_category: 17, channel: 4, country: 3, attribute_make: 5 };
  expect(say("merchant_category", row, { merchantCategory: "5732" })).toBe("Merchant category: 5732");
  expect(say("country", row)).toBe("Country: DE");
  expect(say("channel", row)).toBe("Channel of this payment");
  expect(say("channel", {})).toBe("No channel given");
  expect(say("attribute_make", row, { attributes: { make: "Ford" } })).toBe("make is Ford");
  expect(say("attribute_make", row)).toBe("Attribute make");
  expect(say("attribute_make", {}, { attributes: { make: "Ford" } })).toBe("make is missing");
});

test.each(sets.flatMap((set) => set.definitions))(
  "$name reads well for any value, also a missing one",
  (d) => {
    for (const value of [null, Number.NaN, 0, 0.05, 1, 3, 250.5, 123_456]) {
      for (const others of [null, 0, 1, 40]) {
        const text = reasonText(d, (name) => (name === d.name ? value : others), event);
        expect(text).toMatch(/^([A-Z0-9€]|(v14|make) )/);
        expect(text).not.toMatch(/NaN|undefined|null|Infinity|: not known| {2}|_COUNT_|\.$/);
        expect(text.length).toBeLessThan(160);
      }
    }
  },
);

test("an aggregate without a sentence of its own falls back to its text", () => {
  const own: FeatureDefinition = {
    ...definition("amount"),
    name: "other",
    aggregate: "other",
    text: "other thing",
  };
  expect(reasonText(own, () => 5, event)).toBe("Other thing: 5");
  expect(reasonText(own, () => null, event)).toBe("Other thing: not known");
});
