import { expect, test } from "vitest";
import { linkCounts, linkSentence } from "./link-words.ts";

const entity = {
  kind: "ip",
  value: "203.0.113.9",
  payments: 12,
  customers: 3,
  cards: 1,
  frauds: 2,
  capped: false,
  others: [],
} as const;
type Entity = Parameters<typeof linkCounts>[0];
const told = (rest: Partial<Entity> = {}): Entity => ({ ...entity, others: [], ...rest });

test("counts are short on a node and whole in the sentence", () => {
  expect(linkCounts(told())).toEqual({ payments: "12 others", frauds: "▲ 2" });
  expect(linkSentence(told())).toBe(
    "Address 203.0.113.9: 12 other payments by 3 customers, 2 known as fraud",
  );
});

test("what was not counted to the end says so", () => {
  expect(linkCounts(told({ payments: 1_000, capped: true, frauds: 0 }))).toEqual({
    payments: "1,000+ others",
    frauds: null,
  });
  expect(linkSentence(told({ payments: 1_000, capped: true }))).toContain("more than 1,000 other payments");
});

test("nothing else is told as such", () => {
  expect(linkCounts(told({ payments: 0, frauds: 0 })).payments).toBe("no other payment");
  expect(linkSentence(told({ payments: 0 }))).toBe("Address 203.0.113.9: no other payment");
});
