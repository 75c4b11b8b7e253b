import type { TrainingRows } from "../../model.ts";
import { binRows, encodeColumns, fitCuts } from "../bin-rows.ts";
import { packBlocks, packGradients } from "../gradients.ts";
import { type GradientBoostingOptions, gradientBoostingDefaults } from "../options.ts";
import type { GradientScale } from "../packed-gradients.ts";
import { type TrainingMemory, trainingMemory } from "../training-memory.ts";

/** Memory as a tree finds it: rows binned and in order, all columns in use, gradients packed at margin 0. */
export function binnedMemory(
  rows: TrainingRows,
  changes: Partial<GradientBoostingOptions> = {},
): { readonly memory: TrainingMemory; readonly scale: GradientScale } {
  const memory = trainingMemory(rows, { ...gradientBoostingDefaults, ...changes }, 1);
  const all = { from: 0, to: rows.width };
  const binning = {
    fitCuts: (count: number) => fitCuts(memory, all, count),
    encode: (from: number, count: number) => encodeColumns(memory, all, { from, rows: count }),
  };
  for (const _ of binRows(memory, rows, binning));
  for (let row = 0; row < rows.rows; row++) memory.order[row] = row;
  for (let column = 0; column < rows.width; column++) memory.columns[column] = column;
  memory.columnCount[0] = rows.width;
  const pack = (scale: GradientScale) =>
    packGradients(memory, { round: 1, scale }, (pass) => packBlocks(memory, pass, { index: 0, of: 1 }));
  return { memory, scale: pack(pack({ gradient: 1, hessian: 1 }).next).scale };
}
