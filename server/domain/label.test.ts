import fc from "fast-check";
import { expect, test } from "vitest";
import {
  conflictingLabels,
  effectiveLabel,
  isLabelMature,
  type Label,
  type LabelSource,
  labelSources,
  type RecordedLabel,
} from "./label.ts";

function recorded(seq: number, source: LabelSource, label: Label): RecordedLabel {
  return { seq: BigInt(seq), source, label, recordedAt: new Date(seq * 1000) };
}

/** Every pair of sources: the first column speaks later, and the third says which of the two counts. */
const precedence: readonly [later: LabelSource, earlier: LabelSource, counts: LabelSource][] = [
  ["chargeback", "analyst", "chargeback"],
  ["analyst", "chargeback", "chargeback"],
  ["chargeback", "manual", "chargeback"],
  ["manual", "chargeback", "chargeback"],
  ["chargeback", "issuer_alert", "chargeback"],
  ["issuer_alert", "chargeback", "chargeback"],
  ["chargeback", "customer_report", "chargeback"],
  ["customer_report", "chargeback", "chargeback"],
  ["chargeback", "import", "chargeback"],
  ["import", "chargeback", "chargeback"],
  ["analyst", "manual", "analyst"],
  ["manual", "analyst", "analyst"],
  ["analyst", "issuer_alert", "analyst"],
  ["issuer_alert", "analyst", "analyst"],
  ["analyst", "customer_report", "analyst"],
  ["customer_report", "analyst", "analyst"],
  ["analyst", "import", "analyst"],
  ["import", "analyst", "analyst"],
  ["manual", "issuer_alert", "manual"],
  ["issuer_alert", "manual", "manual"],
  ["manual", "customer_report", "manual"],
  ["customer_report", "manual", "manual"],
  ["manual", "import", "manual"],
  ["import", "manual", "manual"],
  ["issuer_alert", "customer_report", "issuer_alert"],
  ["customer_report", "issuer_alert", "issuer_alert"],
  ["issuer_alert", "import", "issuer_alert"],
  ["import", "issuer_alert", "issuer_alert"],
  ["customer_report", "import", "customer_report"],
  ["import", "customer_report", "customer_report"],
];

test.each(precedence)("%s after %s: %s counts", (later, earlier, counts) => {
  const label = effectiveLabel([recorded(1, earlier, "legitimate"), recorded(2, later, "fraud")]);
  expect(label?.source).toBe(counts);
});

test("the table above has every ordered pair of sources", () => {
  expect(precedence).toHaveLength(labelSources.length * (labelSources.length - 1));
  expect(new Set(precedence.map(([a, b]) => `${a} ${b}`)).size).toBe(precedence.length);
});

test.each(labelSources)("within %s the label recorded last counts", (source) => {
  const labels = [recorded(2, source, "legitimate"), recorded(1, source, "fraud")];
  expect(effectiveLabel(labels)?.label).toBe("legitimate");
});

test("without labels nothing counts", () => expect(effectiveLabel([])).toBeNull());

test("the order in which labels are given changes nothing", () => {
  const sources = fc.array(fc.constantFrom(...labelSources), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sources, fc.nat(), (list, turn) => {
      const labels = list.map((source, i) => recorded(i, source, i % 2 === 0 ? "fraud" : "legitimate"));
      const from = turn % labels.length;
      const turned = [...labels.slice(from), ...labels.slice(0, from)];
      expect(effectiveLabel(turned)).toEqual(effectiveLabel(labels));
    }),
  );
});

test.each([
  ["nothing recorded", [], []],
  ["one label", [recorded(1, "analyst", "fraud")], []],
  ["all agree", [recorded(1, "analyst", "fraud"), recorded(2, "chargeback", "fraud")], []],
  [
    "a chargeback against a verdict",
    [recorded(1, "analyst", "legitimate"), recorded(2, "chargeback", "fraud")],
    [1n],
  ],
  [
    "a report against a stronger verdict",
    [recorded(1, "customer_report", "fraud"), recorded(2, "analyst", "legitimate")],
    [1n],
  ],
  [
    "a correction within a source",
    [recorded(1, "analyst", "legitimate"), recorded(2, "analyst", "fraud")],
    [],
  ],
  [
    "a verdict corrected to agree with the chargeback",
    [
      recorded(1, "analyst", "legitimate"),
      recorded(2, "chargeback", "fraud"),
      recorded(3, "analyst", "fraud"),
    ],
    [],
  ],
  [
    "two sources against the strongest, the stronger of them first",
    [
      recorded(1, "import", "legitimate"),
      recorded(2, "manual", "legitimate"),
      recorded(3, "issuer_alert", "fraud"),
      recorded(4, "chargeback", "fraud"),
    ],
    [2n, 1n],
  ],
] as const)("conflicts: %s", (_name, labels, conflicting) => {
  expect(conflictingLabels(labels).map((label) => label.seq)).toEqual(conflicting);
});

test("what conflicts never agrees with what counts, and is one of the labels recorded", () => {
  const label = fc.record({
    source: fc.constantFrom(...labelSources),
    label: fc.constantFrom("fraud", "legitimate"),
  });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 8 }), (list) => {
      const labels = list.map((one, i) => recorded(i, one.source, one.label as Label));
      const against = conflictingLabels(labels);
      const counts = effectiveLabel(labels);
      return against.every((one) => labels.includes(one) && one.label !== counts?.label);
    }),
  );
});

test("a label is mature from the very millisecond on which the last day ends", () => {
  const paid = new Date("2026-10-01T00:00:00Z");
  const end = Date.UTC(2026, 9, 31);
  expect(isLabelMature(paid, new Date(end), 30)).toBe(true);
  expect(isLabelMature(paid, new Date(end - 1), 30)).toBe(false);
});
