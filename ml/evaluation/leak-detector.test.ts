import { expect, test } from "vitest";
import { categoryCode } from "#ml/features/category-code.ts";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { findLeaks } from "./leak-detector.ts";
import type { LeakSubject } from "./leak-finding.ts";

const DAY_MS = 86_400_000;
type Column = {
  readonly unit?: FeatureDefinition["unit"];
  readonly aggregate?: string;
  readonly delayDays?: number;
  readonly value: (row: { label: number; index: number; rng: Rng }) => number;
};

/** Payments a minute apart, 3 % fraud, labels five days late, with the columns asked for. */
function paymentsWith(
  columns: Readonly<Record<string, Column>>,
  { rows = 3_000, delayMs = 5 * DAY_MS } = {},
): LeakSubject {
  const rng = createRng("leaks");
  const list = Object.values(columns);
  const labels = Int8Array.from({ length: rows }, () => Number(rng.next() < 0.03));
  const occurredAtMs = Float64Array.from({ length: rows }, (_, i) => i * 60_000);
  const features = new Float64Array(rows * list.length);
  labels.forEach((label, index) => {
    features.set(
      list.map(({ value }) => value({ label, index, rng })),
      index * list.length,
    );
  });
  return {
    featureSet: {
      definitions: Object.entries(columns).map(
        ([name, { unit = "number", aggregate = "attribute", delayDays = 0 }]) => ({
          name,
          entity: "transaction",
          aggregate,
          window: null,
          delayDays,
          unit,
          text: name,
        }),
      ),
    },
    width: list.length,
    rows,
    features,
    labels,
    occurredAtMs,
    labelRecordedAtMs: occurredAtMs.map((at) => at + delayMs),
  };
}

const noise: Column = { value: ({ rng }) => rng.normal() };
const honest: Record<string, Column> = {
  noise,
  useful: { value: ({ label, rng }) => rng.normal() + 1.5 * label },
  flag: { unit: "flag", value: ({ label, rng }) => Number(rng.next() < 0.2 + 0.5 * label) },
  shop: {
    unit: "category",
    value: ({ label, rng }) => categoryCode(`s${rng.integer(label === 1 ? 5 : 40)}`),
  },
  often_missing: { value: ({ rng }) => (rng.next() < 0.7 ? Number.NaN : rng.normal()) },
  constant: { value: () => 7 },
  merchant_fraud_rate_7d: { aggregate: "fraud_rate", unit: "ratio", value: ({ rng }) => rng.next() },
};

const codesOf = (subject: LeakSubject, most?: number): string[] =>
  findLeaks(subject, most).map(({ code, feature }) => `${code} ${feature}`);

test("features as they should be, late labels included, give no finding", () => {
  expect(findLeaks(paymentsWith(honest))).toEqual([]);
});

test("a feature that ranks fraud alone is found, whichever way it points", () => {
  const leaky: Record<string, Column> = {
    up: { value: ({ label, rng }) => rng.normal() + 4 * label },
    down: { value: ({ label, rng }) => rng.normal() - 4 * label },
    absent: { value: ({ label, rng }) => (label === 1 && rng.next() < 0.97 ? Number.NaN : rng.normal()) },
  };
  const findings = findLeaks(paymentsWith({ ...honest, ...leaky }));
  expect(findings.map(({ code, feature }) => [code, feature])).toEqual([
    ["separates_alone", "up"],
    ["separates_alone", "down"],
    ["separates_alone", "absent"],
  ]);
  expect(findings[0]?.statistic).toBeGreaterThan(0.99);
  expect(findings[1]?.statistic).toBeLessThan(0.01);
  expect(findings[0]?.text).toMatch(/^up alone ranks fraud with an AUC of 0\.99/);
});

test("a category that tells the label is found, one seen once is not mistaken for it", () => {
  const reason: Column = {
    unit: "category",
    value: ({ label, rng }) =>
      categoryCode(label === 1 ? `chargeback ${rng.integer(6)}` : `none ${rng.integer(6)}`),
  };
  expect(codesOf(paymentsWith({ noise, reason }))).toEqual(["separates_alone reason"]);
});

test("the label under another name is found as such, also as a value that is only there for fraud", () => {
  const columns: Record<string, Column> = {
    copy: { unit: "flag", value: ({ label }) => label },
    refund: { value: ({ label }) => (label === 1 ? Number.NaN : 0) },
    noise,
  };
  const findings = findLeaks(paymentsWith(columns));
  expect(findings.map(({ code, feature }) => `${code} ${feature}`)).toEqual([
    "label_in_disguise copy",
    "label_in_disguise refund",
  ]);
  expect(findings[1]?.text).toContain("missing for fraud and 0 for legitimate");
});

test("running numbers, clocks and names of single payments are identifiers; amounts are not", () => {
  const columns: Record<string, Column> = {
    sequence: { value: ({ index }) => 1_000 + index },
    countdown: { value: ({ index, rng }) => -index + 5 * rng.next() },
    amount: { unit: "minor", value: ({ rng }) => Math.exp(3 * rng.normal()) },
    receipt: { unit: "category", value: ({ index }) => categoryCode(`r${index}`) },
    customer: { unit: "category", value: ({ rng }) => categoryCode(`c${rng.integer(300)}`) },
  };
  expect(codesOf(paymentsWith(columns))).toEqual([
    "identifier sequence",
    "identifier countdown",
    "identifier receipt",
  ]);
});

test("labels at the payment's own time are a leak for features that read them without delay", () => {
  const columns: Record<string, Column> = {
    noise,
    merchant_fraud_rate: { aggregate: "fraud_rate", value: ({ rng }) => rng.next() },
    delayed_risk: { aggregate: "fraud_share", delayDays: 7, value: ({ rng }) => rng.next() },
  };
  const findings = findLeaks(paymentsWith(columns, { delayMs: 0 }));
  expect(findings.map(({ code, feature }) => `${code} ${feature}`)).toEqual([
    "label_at_once merchant_fraud_rate",
  ]);
  expect(findings[0]?.statistic).toBe(1);
});

test("labels before their payment and labels without a time are counted", () => {
  const subject = paymentsWith({ noise });
  subject.labelRecordedAtMs[0] = -1;
  subject.labelRecordedAtMs[5] = Number.NaN;
  const findings = findLeaks(subject);
  expect(findings.map(({ code, feature, statistic }) => [code, feature, statistic])).toEqual([
    ["label_before_payment", null, 1 / 3_000],
    ["label_without_time", null, 1 / 3_000],
  ]);
  expect(findings[0]?.text).toMatch(/^Labels recorded before the payment they judge: 1\./);
});

test("a bounded sample finds the same, and rows without labels accuse nobody", () => {
  const columns = {
    ...honest,
    copy: { value: ({ label }) => label },
    sequence: { value: ({ index }) => index },
  } satisfies Record<string, Column>;
  expect(codesOf(paymentsWith(columns), 400)).toEqual(["label_in_disguise copy", "identifier sequence"]);
  const unknown = { ...paymentsWith(columns), labels: new Int8Array(3_000).fill(-1) };
  expect(codesOf(unknown)).toEqual(["identifier sequence"]);
  const few = paymentsWith(columns, { rows: 60 });
  expect(codesOf(few)).toEqual([]);
});
