import type { Dataset } from "./dataset.ts";
import type { Slice } from "./time-split.ts";
import type { SelectionFold } from "./training-plan.ts";

export type BlockedFolds = {
  readonly count: number;
  /** Rows nearer than this to a validation block, before or after it, are left out of that fold's training. */
  readonly embargoMs: number;
};

/**
 * Contiguous-time cross-validation inside one slice: its rows, in order of time, are cut into `count` blocks of as many
 * rows each; a fold validates on one block and trains on the others. Whole blocks rather than shuffled rows, because
 * payments of one customer or one attack lie close together in time (Roberts et al. 2017, blocked cross-validation;
 * the embargo is that of López de Prado 2018). Folds in which a part holds only one class are left out. O(rows x count).
 * @throws RangeError when count is not a whole number from 2, or fewer than 2 folds hold both classes.
 */
export function blockedFolds(
  dataset: Pick<Dataset, "occurredAtMs">,
  slice: Slice,
  { count, embargoMs }: BlockedFolds,
): SelectionFold[] {
  if (!Number.isInteger(count) || count < 2) throw new RangeError("blocked folds need a count of 2 or more");
  const timeAt = (position: number): number => dataset.occurredAtMs[slice.rows[position] as number] as number;
  const positions = Array.from(slice.rows.keys()).sort((a, b) => timeAt(a) - timeAt(b) || a - b);
  const edge = (block: number): number => Math.floor((block * positions.length) / count);
  const folds = Array.from({ length: count }, (_, block): SelectionFold => {
    const held = positions.slice(edge(block), edge(block + 1));
    const fromMs = timeAt(held[0] ?? 0);
    const lastMs = timeAt(held.at(-1) ?? 0);
    const near = (ms: number): boolean => embargoMs > 0 && ms > fromMs - embargoMs && ms < lastMs + embargoMs;
    const others = [...positions.slice(0, edge(block)), ...positions.slice(edge(block + 1))];
    return {
      train: partOf(
        slice,
        others.filter((position) => !near(timeAt(position))),
        slice.window,
      ),
      validation: partOf(slice, held, { fromMs, toMs: lastMs + 1 }),
    };
  }).filter(({ train, validation }) => hasBothClasses(train) && hasBothClasses(validation));
  if (folds.length < 2)
    throw new RangeError("too few frauds in the slice to validate on several blocks of it");
  return folds;
}

function partOf(slice: Slice, positions: readonly number[], window: Slice["window"]): Slice {
  const ascending = Uint32Array.from(positions).sort();
  return {
    window,
    rows: Uint32Array.from(ascending, (position) => slice.rows[position] as number),
    labels: Uint8Array.from(ascending, (position) => slice.labels[position] as number),
  };
}

function hasBothClasses({ labels }: Slice): boolean {
  return labels.includes(0) && labels.includes(1);
}
