import type { ColumnRange } from "./bin-rows.ts";
import { codeCountOf, MOST_CODES, type TrainingMemory } from "./training-memory.ts";

/** Rows of one node: a part of the tree's order. */
export type NodeRows = { readonly from: number; readonly to: number };

/**
 * Sums the packed gradients of a node's rows per bin of the given places in `memory.columns`, into one slot. Eight
 * columns at a time, so that a row is read once for all of them; where fewer are left over, the last one is read again
 * into the thread's line of scratch.
 */
export function fillHistogram(
  memory: TrainingMemory,
  places: ColumnRange,
  { slot, rows, thread }: { readonly slot: number; readonly rows: NodeRows; readonly thread: number },
): void {
  const { histograms, columns, offsets, slotLength, slots } = memory;
  const scratch = slots * slotLength + 2 * thread * MOST_CODES;
  const base = slot * slotLength;
  for (let place = places.from; place < places.to; place++) {
    const column = columns[place] as number;
    const at = base + (offsets[column] as number);
    histograms.fill(0, at, at + codeCountOf(memory, column));
  }
  const lineOf = (place: number): Line => {
    const column = columns[Math.min(place, places.to - 1)] as number;
    const at = place < places.to ? base + (offsets[column] as number) : scratch;
    return { codesAt: column * memory.rows, at };
  };
  for (let place = places.from; place < places.to; ) {
    const a = [lineOf(place), lineOf(place + 1), lineOf(place + 2), lineOf(place + 3)] as const;
    if (places.to - place <= 4) {
      addFour(memory, a, rows);
      place += 4;
    } else {
      const b = [lineOf(place + 4), lineOf(place + 5), lineOf(place + 6), lineOf(place + 7)] as const;
      addEight(memory, [...a, ...b], rows);
      place += 8;
    }
  }
}

/** Where a column has its codes, and where its bins. */
type Line = { readonly codesAt: number; readonly at: number };

function addEight(
  { histograms: h, codes, packed, order }: TrainingMemory,
  [l0, l1, l2, l3, l4, l5, l6, l7]: readonly [Line, Line, Line, Line, Line, Line, Line, Line],
  { from, to }: NodeRows,
): void {
  const { codesAt: c0, at: a0 } = l0;
  const { codesAt: c1, at: a1 } = l1;
  const { codesAt: c2, at: a2 } = l2;
  const { codesAt: c3, at: a3 } = l3;
  const { codesAt: c4, at: a4 } = l4;
  const { codesAt: c5, at: a5 } = l5;
  const { codesAt: c6, at: a6 } = l6;
  const { codesAt: c7, at: a7 } = l7;
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    const value = packed[row] as number;
    const k0 = a0 + (codes[c0 + row] as number);
    h[k0] = (h[k0] as number) + value;
    const k1 = a1 + (codes[c1 + row] as number);
    h[k1] = (h[k1] as number) + value;
    const k2 = a2 + (codes[c2 + row] as number);
    h[k2] = (h[k2] as number) + value;
    const k3 = a3 + (codes[c3 + row] as number);
    h[k3] = (h[k3] as number) + value;
    const k4 = a4 + (codes[c4 + row] as number);
    h[k4] = (h[k4] as number) + value;
    const k5 = a5 + (codes[c5 + row] as number);
    h[k5] = (h[k5] as number) + value;
    const k6 = a6 + (codes[c6 + row] as number);
    h[k6] = (h[k6] as number) + value;
    const k7 = a7 + (codes[c7 + row] as number);
    h[k7] = (h[k7] as number) + value;
  }
}

function addFour(
  { histograms: h, codes, packed, order }: TrainingMemory,
  [l0, l1, l2, l3]: readonly [Line, Line, Line, Line],
  { from, to }: NodeRows,
): void {
  const { codesAt: c0, at: a0 } = l0;
  const { codesAt: c1, at: a1 } = l1;
  const { codesAt: c2, at: a2 } = l2;
  const { codesAt: c3, at: a3 } = l3;
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    const value = packed[row] as number;
    const k0 = a0 + (codes[c0 + row] as number);
    h[k0] = (h[k0] as number) + value;
    const k1 = a1 + (codes[c1 + row] as number);
    h[k1] = (h[k1] as number) + value;
    const k2 = a2 + (codes[c2 + row] as number);
    h[k2] = (h[k2] as number) + value;
    const k3 = a3 + (codes[c3 + row] as number);
    h[k3] = (h[k3] as number) + value;
  }
}

/** What is left of the parent is the other child: the larger one costs no pass over its rows. Exact. */
export function subtractHistogram(
  memory: TrainingMemory,
  places: ColumnRange,
  { parent, child }: { readonly parent: number; readonly child: number },
): void {
  const { histograms, columns, offsets, slotLength } = memory;
  for (let place = places.from; place < places.to; place++) {
    const column = columns[place] as number;
    const from = parent * slotLength + (offsets[column] as number);
    const by = (child - parent) * slotLength;
    const to = from + codeCountOf(memory, column);
    for (let k = from; k < to; k++)
      histograms[k] = (histograms[k] as number) - (histograms[k + by] as number);
  }
}
