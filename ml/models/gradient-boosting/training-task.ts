import { bestSplit, type Found } from "./best-split.ts";
import { type ColumnRange, encodeColumns, fitCuts } from "./bin-rows.ts";
import type { Bounds } from "./bounded-split.ts";
import { type GradientPass, packBlocks } from "./gradients.ts";
import { fillHistogram, type NodeRows, subtractHistogram } from "./histogram.ts";
import type { GradientScale } from "./packed-gradients.ts";
import { RECORD_LENGTH, type TrainingMemory } from "./training-memory.ts";

/** Work of which each thread does its share, on shared memory alone. */
export type TrainingTask =
  | { readonly kind: "cuts"; readonly rows: number }
  | { readonly kind: "codes"; readonly from: number; readonly rows: number }
  | ({ readonly kind: "gradients" } & GradientPass)
  /** Counts a root into a slot, and looks for its split. */
  | { readonly kind: "root"; readonly slot: number; readonly rows: NodeRows; readonly scale: GradientScale }
  /** Counts one child's rows into a free slot, leaves the other child in its parent's, and looks for both splits. */
  | {
      readonly kind: "children";
      readonly parent: number;
      readonly child: number;
      readonly rows: NodeRows;
      readonly scale: GradientScale;
      readonly parentBounds: Bounds;
      readonly childBounds: Bounds;
    };

/** Which part of a task: of so many threads, this one. */
export type Share = { readonly index: number; readonly of: number };

/** Does a thread's share. Splits found are left in its records: see `foundSplit`. */
export function runTask(memory: TrainingMemory, task: TrainingTask, share: Share): void {
  switch (task.kind) {
    case "cuts":
      fitCuts(memory, part(memory.width, share), task.rows);
      return;
    case "codes":
      encodeColumns(memory, part(memory.width, share), task);
      return;
    case "gradients":
      packBlocks(memory, task, share);
      return;
    case "root": {
      const places = part(memory.columnCount[0] as number, share);
      fillHistogram(memory, places, { slot: task.slot, rows: task.rows, thread: share.index });
      record(memory, places, { ...task, place: 2 * share.index, bounds: rootBounds });
      return;
    }
    case "children": {
      const { parent, child, scale } = task;
      const places = part(memory.columnCount[0] as number, share);
      fillHistogram(memory, places, { slot: child, rows: task.rows, thread: share.index });
      subtractHistogram(memory, places, { parent, child });
      record(memory, places, { slot: parent, scale, bounds: task.parentBounds, place: 2 * share.index });
      record(memory, places, { slot: child, scale, bounds: task.childBounds, place: 2 * share.index + 1 });
    }
  }
}

const rootBounds: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** A thread's columns: neighbours, so that the first thread has the first ones. */
function part(count: number, { index, of }: Share): ColumnRange {
  return { from: Math.floor((count * index) / of), to: Math.floor((count * (index + 1)) / of) };
}

type Searched = {
  readonly slot: number;
  readonly scale: GradientScale;
  readonly bounds: Bounds;
  readonly place: number;
};

function record(memory: TrainingMemory, places: ColumnRange, node: Searched): void {
  const { records } = memory;
  const at = node.place * RECORD_LENGTH;
  const found = bestSplit(memory, places, node);
  records[at] = found === null ? -1 : found.column;
  if (found === null) return;
  records[at + 1] = found.gain;
  records[at + 2] = found.code;
  records[at + 3] = Number(found.missingRight);
  records[at + 4] = found.left;
}

/** The best of the splits that so many threads found for their first or second node; equal gains to the first column. */
export function foundSplit({ records }: TrainingMemory, node: 0 | 1, threads: number): Found | null {
  let best: Found | null = null;
  for (let thread = 0; thread < threads; thread++) {
    const at = (2 * thread + node) * RECORD_LENGTH;
    const column = records[at] as number;
    const gain = records[at + 1] as number;
    if (column < 0 || (best !== null && gain <= best.gain)) continue;
    best = {
      gain,
      column,
      code: records[at + 2] as number,
      missingRight: records[at + 3] === 1,
      left: records[at + 4] as number,
    };
  }
  return best;
}
