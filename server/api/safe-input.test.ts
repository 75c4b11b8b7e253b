import { expect, test } from "vitest";
import { LabelRequest } from "#server/domain/transaction.ts";
import { safeInput, storableText } from "./safe-input.ts";

const label = {
  transactionId: "pay_1",
  label: "fraud",
  source: "manual",
  occurredAt: "2026-11-20T10:00:00Z",
};

test("what may be stored is as it was", () => {
  expect(safeInput(LabelRequest).parse(label)).toEqual(label);
});

test.each([
  ["a value", { ...label, note: "by 4111 1111 1111 1111" }, ["/note"]],
  ["a name", { ...label, "4111111111111111": 1 }, ["/*"]],
  ["what is no label at all", ["4111111111111111"], ["/0"]],
])("card data in %s is named by its place, and nothing of it is told", (_name, body, path) => {
  const { error } = safeInput(LabelRequest).safeParse(body);
  expect(error?.issues.map((issue) => issue.path)).toEqual([path]);
  expect(JSON.stringify(error)).not.toContain("1111");
});

test("other faults are found as before", () => {
  const { error } = safeInput(LabelRequest).safeParse({ ...label, label: "odd" });
  expect(error?.issues.map((issue) => issue.path)).toEqual([["label"]]);
});

test.each(["a\0b", "\ud800", "b\udc00"])("text that cannot be stored is refused: %j", (text) => {
  expect(safeInput(LabelRequest).safeParse({ ...label, note: text }).success).toBe(false);
  expect(storableText.safeParse(text).success).toBe(false);
  expect(storableText.safeParse("pay_1 🏳️‍🌈").success).toBe(true);
});
