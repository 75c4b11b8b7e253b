import fc from "fast-check";
import { expect, test } from "vitest";
import { graphLayout } from "./graph-layout.ts";
import type { LinkedEntity } from "./words.ts";

const entity = (
  kind: LinkedEntity["kind"],
  value: string,
  others: LinkedEntity["others"] = [],
): LinkedEntity => ({
  kind,
  value,
  payments: 3,
  customers: 2,
  cards: 1,
  frauds: others.length,
  capped: false,
  others: [...others],
});

test("people and merchants stand left, what they paid with right, and who shares it outside, once", () => {
  const shared = { customerId: "cus_2", payments: 2, frauds: 0 };
  const { entities, others, edges } = graphLayout([
    entity("card", "card_1", [shared]),
    entity("device", "dev_1", [{ ...shared, payments: 5, frauds: 1 }]),
    entity("customer", "cus_1"),
  ]);
  expect(entities.map(({ key, side }) => [key, side])).toEqual([
    ["customer cus_1", "left"],
    ["card card_1", "right"],
    ["device dev_1", "right"],
  ]);
  expect(others).toMatchObject([{ customerId: "cus_2", payments: 5, frauds: 1, side: "outside" }]);
  expect(edges.map(({ from, to, isFraud }) => [from.key, to.key, isFraud])).toEqual([
    ["case", "customer cus_1", false],
    ["case", "card card_1", true],
    ["case", "device dev_1", true],
    ["card card_1", "customer cus_2", false],
    ["device dev_1", "customer cus_2", true],
  ]);
});

test("a case that shares nothing is a node alone", () => {
  expect(graphLayout([])).toMatchObject({ entities: [], others: [], edges: [] });
});

test("nodes of a column never overlap or leave the picture, and the same links give the same picture", () => {
  const links = fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom("card", "device", "ip", "customer", "merchant"),
      value: fc.string({ minLength: 1, maxLength: 4 }),
      others: fc.array(
        fc.record({ customerId: fc.constantFrom("a", "b", "c", "d"), payments: fc.nat(), frauds: fc.nat() }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 10, selector: ({ kind, value }) => `${kind} ${value}` },
  );
  fc.assert(
    fc.property(links, (raw) => {
      const given = raw.map(({ kind, value, others }) => entity(kind, value, others));
      const { height, entities, others } = graphLayout(given);
      for (const side of ["left", "right", "outside"]) {
        const at = [...entities, ...others].filter((node) => node.side === side).map((node) => node.y);
        const gaps = at.slice(1).map((y, i) => y - (at[i] ?? 0));
        expect(Math.min(...gaps, 30)).toBeGreaterThanOrEqual(30);
        expect(at.every((y) => y >= 15 && y <= height - 15)).toBe(true);
      }
      expect(graphLayout(given)).toEqual(graphLayout(given));
    }),
  );
});
