import { z } from "zod";
import type { BulkAction } from "./bulk-action.ts";

/** What of a case each action changes that undoing it puts back, and that cannot be told from the case itself. */
const keptFor = {
  assign: ["ownerId"],
  close: [],
  reopen: ["disposition", "closedById"],
  snooze: ["snoozedUntil"],
  route: ["queueId", "dueAt"],
} as const satisfies Record<BulkAction["kind"], readonly (keyof WasBefore)[]>;

const Value = z.string().nullable();
const fields = {
  ownerId: Value,
  snoozedUntil: Value,
  queueId: Value,
  dueAt: Value,
  disposition: Value,
  closedById: Value,
} as const;

/** What a case was before a bulk change; times are ISO strings. */
const WasBefore = z.object(fields);
export type WasBefore = z.infer<typeof WasBefore>;

/** A case that a bulk change changed: its number, what it was before, and its version since. */
export type BulkRecordRow = { readonly number: number; readonly version: number; readonly was: WasBefore };

/** A value for each case: each different one once, and which of them every case has; without that, all the first. */
const Column = <V extends z.ZodType>(value: V) =>
  z.object({ values: z.array(value), of: z.array(z.int()).optional() });
const TextColumn = Column(Value);
type Column<V> = { values: V[]; of?: number[] | undefined };

export const BulkBefore = z.object({
  /** the numbers of the cases, in the order of every column */
  cases: z.array(z.int()),
  was: z.partialRecord(WasBefore.keyof(), TextColumn),
});
export const BulkAfter = z.looseObject({ versions: Column(z.int()) });

/**
 * A bulk change in one audit row: each case by its number, and what it was only as far as undoing needs it. What each
 * case was and became in full stands in an audit row of its own.
 */
export function packBulk(
  kind: BulkAction["kind"],
  rows: readonly BulkRecordRow[],
): { before: z.infer<typeof BulkBefore>; versions: Column<number> } {
  const was = Object.fromEntries(
    keptFor[kind].map((field) => [field, columnOf(rows.map((row) => row.was[field]))]),
  );
  return {
    before: { cases: rows.map((row) => row.number), was },
    versions: columnOf(rows.map((row) => row.version)),
  };
}

/** The cases that `packBulk` packed; what it did not keep is null. */
export function unpackBulk(
  before: z.infer<typeof BulkBefore>,
  { versions }: z.infer<typeof BulkAfter>,
): BulkRecordRow[] {
  return before.cases.map((number, at) => {
    const textOf = (field: keyof WasBefore): string | null => {
      const column = before.was[field];
      return column === undefined ? null : (valueAt(column, at) ?? null);
    };
    const was = {
      ownerId: textOf("ownerId"),
      snoozedUntil: textOf("snoozedUntil"),
      queueId: textOf("queueId"),
      dueAt: textOf("dueAt"),
      disposition: textOf("disposition"),
      closedById: textOf("closedById"),
    };
    return { number, version: valueAt(versions, at) ?? 0, was };
  });
}

function columnOf<V>(all: readonly V[]): Column<V> {
  const values = [...new Set(all)];
  if (values.length <= 1) return { values };
  const places = new Map(values.map((value, place) => [value, place]));
  return { values, of: all.map((value) => places.get(value) ?? 0) };
}

function valueAt<V>({ values, of }: Column<V>, at: number): V | undefined {
  return values[of?.[at] ?? 0];
}
