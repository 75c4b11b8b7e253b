import { focalGradient, focalHessian, type Loss } from "./loss.ts";
import {
  ditherOf,
  type GradientScale,
  type GradientSize,
  hasRoom,
  pack,
  scaleFor,
} from "./packed-gradients.ts";
import { sigmoid } from "./sigmoid.ts";
import { BLOCK_ROWS, type TrainingMemory } from "./training-memory.ts";

/** Gradients of some blocks of rows, by whichever thread. */
export type GradientPass = { readonly round: number; readonly scale: GradientScale };

/**
 * Packs every row's gradient and Hessian at its margin. Returns the scale they have, and the one for the next round.
 * Where this round's sums have outgrown the scale of the last one, the pass is made once more.
 */
export function packGradients(
  memory: TrainingMemory,
  pass: GradientPass,
  run: (pass: GradientPass) => void,
): { readonly scale: GradientScale; readonly next: GradientScale } {
  run(pass);
  const size = sumBlocks(memory.blockSizes);
  const next = scaleFor(size);
  if (hasRoom(size, pass.scale)) return { scale: pass.scale, next };
  run({ ...pass, scale: next });
  return { scale: next, next };
}

function sumBlocks(sizes: Float64Array): GradientSize {
  let [gradient, hessian] = [0, 0];
  for (let k = 0; k < sizes.length; k += 2) {
    gradient += sizes[k] as number;
    hessian += sizes[k + 1] as number;
  }
  return { gradient, hessian };
}

/** One thread's blocks: `index`, `index + of`, and so on. */
export function packBlocks(
  memory: TrainingMemory,
  pass: GradientPass,
  { index, of }: { readonly index: number; readonly of: number },
): void {
  const packRows = memory.options.loss === "focal" ? packFocal : packLogistic;
  const blocks = Math.ceil(memory.rows / BLOCK_ROWS);
  for (let block = index; block < blocks; block += of) {
    const from = block * BLOCK_ROWS;
    const size = packRows(memory, pass, { from, to: Math.min(memory.rows, from + BLOCK_ROWS) });
    memory.blockSizes[2 * block] = size.gradient;
    memory.blockSizes[2 * block + 1] = size.hessian;
  }
}

type Range = { readonly from: number; readonly to: number };

/** Gradient w (p - y) and Hessian w p (1 - p) of the log loss. */
function packLogistic(
  memory: TrainingMemory,
  { round, scale }: GradientPass,
  { from, to }: Range,
): GradientSize {
  const { labels, margins, packed, weights } = memory;
  const { gradient: gradientSteps, hessian: hessianSteps } = scale;
  let gradients = 0;
  let hessians = 0;
  for (let row = from; row < to; row++) {
    const p = sigmoid(margins[row] as number);
    const weight = weights === null ? 1 : (weights[row] as number);
    const gradient = weight * (p - (labels[row] as number));
    const hessian = weight * p * (1 - p);
    gradients += Math.abs(gradient);
    hessians += hessian;
    packed[row] = pack(gradient * gradientSteps, hessian * hessianSteps, ditherOf(row, round));
  }
  return { gradient: gradients, hessian: hessians };
}

function packFocal(
  memory: TrainingMemory,
  { round, scale }: GradientPass,
  { from, to }: Range,
): GradientSize {
  const { labels, margins, packed, weights } = memory;
  const gamma = (memory.options satisfies Loss).focalGamma;
  let [gradients, hessians] = [0, 0];
  for (let row = from; row < to; row++) {
    const weight = weights === null ? 1 : (weights[row] as number);
    const gradient = weight * focalGradient(margins[row] as number, labels[row] as number, gamma);
    const hessian = weight * focalHessian(margins[row] as number, labels[row] as number, gamma);
    gradients += Math.abs(gradient);
    hessians += hessian;
    packed[row] = pack(gradient * scale.gradient, hessian * scale.hessian, ditherOf(row, round));
  }
  return { gradient: gradients, hessian: hessians };
}
