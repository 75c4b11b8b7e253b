import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BulkAfter,
  BulkBefore,
  type BulkRecordRow,
  packBulk,
  unpackBulk,
  type WasBefore,
} from "./bulk-record.ts";

const nothing: WasBefore = {
  ...{ ownerId: null, snoozedUntil: null, queueId: null, dueAt: null, disposition: null, closedById: null },
};
const id = (n: number): string => `0198a1b2-0000-7000-8000-${String(n).padStart(12, "0")}`;
const stored = (packed: ReturnType<typeof packBulk>) =>
  JSON.parse(JSON.stringify({ before: packed.before, after: { versions: packed.versions } }));

const people = fc.option(fc.constantFrom(id(1), id(2), id(3)), { nil: null });
const rows = fc.uniqueArray(
  fc.record({
    number: fc.integer({ min: 1, max: 1e6 }),
    version: fc.integer({ min: 1, max: 9 }),
    ownerId: people,
  }),
  { selector: (row) => row.number, maxLength: 50 },
);

test("what an action changes comes back for every case, with its version", () => {
  fc.assert(
    fc.property(rows, (given) => {
      const all = given.map(({ number, version, ownerId }) => ({
        number,
        version,
        was: { ...nothing, ownerId },
      }));
      const { before, after } = stored(packBulk("assign", all));
      expect(unpackBulk(BulkBefore.parse(before), BulkAfter.parse(after))).toEqual(all);
    }),
  );
});

test("each action keeps what only it changes", () => {
  const was = {
    ...{ ownerId: id(1), snoozedUntil: "2026-11-20T12:00:00.000Z", queueId: id(2) },
    ...{ dueAt: "2026-11-21T12:00:00.000Z", disposition: "fraud", closedById: id(3) },
  };
  const kept = (kind: "assign" | "close" | "reopen" | "snooze" | "route") =>
    Object.keys(packBulk(kind, [{ number: 1, version: 2, was }]).before.was);
  expect(kept("assign")).toEqual(["ownerId"]);
  expect(kept("close")).toEqual([]);
  expect(kept("reopen")).toEqual(["disposition", "closedById"]);
  expect(kept("snooze")).toEqual(["snoozedUntil"]);
  expect(kept("route")).toEqual(["queueId", "dueAt"]);
});

test("a thousand cases of forty owners fit in 16 kB", () => {
  const all: BulkRecordRow[] = Array.from({ length: 1000 }, (_, n) => ({
    ...{ number: 100_000 + n, version: 1 + (n % 5) },
    was: { ...nothing, ownerId: id(n % 40), queueId: id(n % 7) },
  }));
  expect(JSON.stringify(stored(packBulk("assign", all))).length).toBeLessThan(16_000);
});
