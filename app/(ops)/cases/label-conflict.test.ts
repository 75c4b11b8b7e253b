import { expect, test } from "vitest";
import { labelConflict } from "./label-conflict.ts";

type Label = Parameters<typeof labelConflict>[0][number];
const label = (seq: number, rest: Partial<Label>): Label => ({
  seq: String(seq),
  label: "fraud",
  source: "chargeback",
  occurredAt: "2026-11-20T10:00:00.000Z",
  recordedAt: "2026-11-20T10:00:00.000Z",
  note: null,
  withdrawnAt: null,
  effective: false,
  part: null,
  ...rest,
});

test("labels that disagree are told with the one that counts", () => {
  const analyst = label(1, { source: "analyst", label: "legitimate" });
  expect(labelConflict([analyst, label(2, {})])).toBe(
    "An analyst says legitimate, a chargeback says fraud: a chargeback counts.",
  );
});

test("labels that agree, were taken back, or corrected by their own source are no conflict", () => {
  expect(labelConflict([])).toBeNull();
  expect(labelConflict([label(1, {}), label(2, { source: "analyst" })])).toBeNull();
  const taken = label(1, { source: "analyst", label: "legitimate", withdrawnAt: "2026-11-20T11:00:00.000Z" });
  expect(labelConflict([taken, label(2, {})])).toBeNull();
  expect(labelConflict([label(1, { label: "legitimate" }), label(2, {})])).toBeNull();
  const part = { caseId: "c2", number: 2, transactionId: "pay_2" };
  expect(
    labelConflict([label(1, { source: "analyst", label: "legitimate", part }), label(2, {})]),
  ).toBeNull();
});
