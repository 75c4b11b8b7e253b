import type { Encoder } from "../../encoding.ts";
import { STEPS, spreadResidual } from "../attribution.ts";
import type { DenseNetwork } from "../dense-network.ts";
import type { NetworkServing } from "../network-serving.ts";
import { kernelsOver } from "./kernels.ts";
import { DOUBLE, MemoryPlan } from "./memory-plan.ts";
import { pathSlopes, planPath } from "./path-slopes.ts";
import {
  forwardRows,
  type PlacedNetwork,
  type PlacedNetworks,
  placeNetworks,
  ROWS,
} from "./placed-networks.ts";

/** Networks in the memory of their kernels; `at` and `stride` of the inputs count doubles. */
type Board = {
  readonly encoder: Encoder;
  readonly placed: PlacedNetworks;
  readonly cells: Float64Array;
  readonly at: number;
  readonly stride: number;
  readonly forward: (rows: number) => void;
};

/**
 * Scores and explains by SIMD kernels, the networks side by side, with the bits of the plain loops; null where the
 * kernels are not to be had or do not suit the networks.
 */
export function simdServing(encoder: Encoder, networks: readonly DenseNetwork[]): NetworkServing | null {
  if (networks.length === 0 || !networks.every(suitsKernels)) return null;
  const plan = new MemoryPlan();
  const placed = placeNetworks(plan, networks, encoder.width);
  const path = planPath(plan, placed, networks);
  const runtime = kernelsOver(plan.bytes);
  if (runtime === null) return null;
  const { kernels, cells } = runtime;
  plan.fill(cells);
  const board: Board = {
    encoder,
    placed,
    cells,
    at: placed.inputs.at / DOUBLE,
    stride: placed.inputs.stride / DOUBLE,
    forward: (rows) => forwardRows(kernels, placed, rows),
  };
  return {
    margins: marginsOf(board),
    contributions: contributionsOf(board, pathSlopes(runtime, placed, path)),
  };
}

/** A network without hidden layers is small; zeros that the plain loops step over would show an infinite weight. */
function suitsKernels({ layers, skip }: DenseNetwork): boolean {
  const areFinite = (weights: Float32Array): boolean => weights.every(Number.isFinite);
  return (
    layers.length > 1 &&
    layers.every(({ kernel, bias }) => areFinite(kernel) && areFinite(bias)) &&
    (skip === null || areFinite(skip))
  );
}

function marginsOf(board: Board): NetworkServing["margins"] {
  const { encoder, placed, cells, at, stride, forward } = board;
  const { members } = placed;
  return (features, rows, out) => {
    for (let done = 0; done < rows; done += ROWS) {
      const chunk = Math.min(ROWS, rows - done);
      for (let row = 0; row < chunk; row++) {
        encoder.encodeRow(features, (done + row) * encoder.sourceWidth, cells, at + row * stride);
      }
      forward(chunk);
      for (let row = 0; row < chunk; row++) {
        let sum = 0;
        for (let m = 0; m < members.length; m++) sum += marginOf(board, members[m] as PlacedNetwork, row);
        out[done + row] = sum / members.length;
      }
    }
  };
}

/** A member's margin of a row whose sums are there. */
function marginOf({ cells, at, stride }: Board, { sums, skip }: PlacedNetwork, row: number): number {
  const last = sums[sums.length - 1];
  let margin = cells[((last?.at ?? 0) + row * (last?.stride ?? 0)) / DOUBLE] as number;
  if (skip === null) return margin;
  const from = at + row * stride;
  for (let i = 0; i < skip.length; i++) margin += (skip[i] as number) * (cells[from + i] as number);
  return margin;
}

/** Integrated gradients of every member from the mean training row, which is zero in every standardised input. */
function contributionsOf(
  board: Board,
  slopesOf: ReturnType<typeof pathSlopes>,
): NetworkServing["contributions"] {
  const { encoder, placed, cells, at, forward } = board;
  const { members } = placed;
  const firstSums = placed.firstSums.at / DOUBLE;
  const firstUnits = placed.firstSums.stride / DOUBLE;
  forward(1);
  const from = cells.slice(firstSums, firstSums + firstUnits);
  const baseMargins = Float64Array.from(members, (member) => marginOf(board, member, 0));
  const base = baseMargins.reduce((sum, margin) => sum + margin / members.length, 0);
  const margins = new Float64Array(members.length);
  const shares = new Float64Array(encoder.width);
  return (row, out) => {
    encoder.encodeRow(row, 0, cells, at);
    forward(1);
    for (let m = 0; m < members.length; m++) margins[m] = marginOf(board, members[m] as PlacedNetwork, 0);
    layPath(cells, firstSums, from);
    out.fill(0);
    slopesOf((m, slopes) => {
      const skip = members[m]?.skip ?? null;
      for (let i = 0; i < shares.length; i++) {
        const slope = (cells[slopes + i] as number) + (skip === null ? 0 : STEPS * (skip[i] as number));
        shares[i] = (slope / STEPS) * (cells[at + i] as number);
      }
      spreadResidual(shares, (margins[m] as number) - (baseMargins[m] as number));
      for (let i = 0; i < shares.length; i++) {
        const source = encoder.sources[i] as number;
        out[source] = (out[source] as number) + (shares[i] as number) / members.length;
      }
    });
    return base;
  };
}

/** The first layer's sums are linear on the straight line from the baseline to the row, whose sums stand at `at`. */
function layPath(cells: Float64Array, at: number, from: Float64Array): void {
  const width = from.length;
  for (let step = STEPS - 1; step >= 0; step--) {
    const share = (step + 0.5) / STEPS;
    const line = at + step * width;
    // Last the first line, where the row's own sums stand.
    for (let u = 0; u < width; u++) {
      const start = from[u] as number;
      cells[line + u] = start + share * ((cells[at + u] as number) - start);
    }
  }
}
