import type { DenseLayer } from "../dense-network.ts";
import { NARROW, WIDE } from "./kernel-code.ts";
import type { Kernels } from "./kernels.ts";

export const DOUBLE = 8;

/** Hands out addresses of one memory, and remembers what stands there from the start. */
export class MemoryPlan {
  bytes = 0;
  readonly #contents: (readonly [address: number, values: Float64Array])[] = [];

  /** Room for so many doubles, at an address that pairs of doubles can be read from. */
  take(doubles: number): number {
    const address = this.bytes;
    this.bytes += Math.ceil(doubles / NARROW) * NARROW * DOUBLE;
    return address;
  }

  keep(values: Float64Array): number {
    const address = this.take(values.length);
    this.#contents.push([address, values]);
    return address;
  }

  /** Writes what was kept. */
  fill(cells: Float64Array): void {
    for (const [address, values] of this.#contents) cells.set(values, address / DOUBLE);
  }
}

/** A layer laid out for the kernels: wide panels, then narrow ones, of outputs rounded up to a pair. */
export type PlacedLayer = {
  readonly inputs: number;
  readonly wide: number;
  readonly narrow: number;
  readonly kernel: number;
  readonly bias: number;
};

/** Outputs as the kernels write them. */
export const padded = (units: number): number => Math.ceil(units / NARROW) * NARROW;

/** Keeps a layer panel by panel; outputs that only fill a pair are 0. */
export function placeLayer(plan: MemoryPlan, { inputs, units, kernel, bias }: DenseLayer): PlacedLayer {
  const wide = Math.floor(units / WIDE);
  const narrow = Math.ceil((units - wide * WIDE) / NARROW);
  const panels = new Float64Array(inputs * padded(units));
  let at = 0;
  for (let from = 0; from < units; ) {
    const outputs = from < wide * WIDE ? WIDE : NARROW;
    for (let i = 0; i < inputs; i++, at += outputs) {
      const to = Math.min(from + outputs, units);
      for (let u = from; u < to; u++) panels[at + u - from] = kernel[i * units + u] as number;
    }
    from += outputs;
  }
  const biases = new Float64Array(padded(units));
  biases.set(bias);
  return { inputs, wide, narrow, kernel: plan.keep(panels), bias: plan.keep(biases) };
}

/** Rows at an address, so many bytes apart. */
export type Rows = { readonly at: number; readonly stride: number };

/** out = bias + kernel' max(x, floor) for so many rows; a floor of 0 is ReLU, of -Infinity none. */
export function runLayer(
  { denseWide, denseNarrow }: Kernels,
  { inputs, wide, narrow, kernel, bias }: PlacedLayer,
  { rows, x, out, floor }: { rows: number; x: Rows; out: Rows; floor: number },
): void {
  if (wide > 0) denseWide(x.at, x.stride, rows, inputs, kernel, bias, out.at, out.stride, wide, floor);
  if (narrow === 0) return;
  const skipped = wide * WIDE * DOUBLE;
  const behind = [kernel + skipped * inputs, bias + skipped, out.at + skipped] as const;
  denseNarrow(x.at, x.stride, rows, inputs, behind[0], behind[1], behind[2], out.stride, narrow, floor);
}
