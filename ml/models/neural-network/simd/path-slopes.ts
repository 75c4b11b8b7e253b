import type { DenseLayer, DenseNetwork } from "../dense-network.ts";
import type { Kernels } from "./kernels.ts";
import { DOUBLE, type MemoryPlan, type PlacedLayer, placeLayer, type Rows, runLayer } from "./memory-plan.ts";
import { forwardUpper, type PlacedNetworks, partsOf, ROWS, takeRows } from "./placed-networks.ts";

/** What slopes of one network's margin are computed with, from its last layer to its inputs. */
type PlacedSlopes = {
  /** The layers behind the first, outputs to inputs. */
  readonly layers: readonly PlacedLayer[];
  /** Slopes by each layer's sums; by the last one's they are 1. */
  readonly slopes: readonly Rows[];
  readonly first: PlacedLayer;
  /** The first layer's slopes, summed over the path. */
  readonly total: Rows;
};

export type PlacedPath = {
  readonly members: readonly PlacedSlopes[];
  readonly firstSlopes: Rows;
  readonly total: Rows;
  /** Slopes by the inputs, summed over the path. */
  readonly inputSlopes: Rows;
};

/** Lays out what integrated gradients need beside the networks. */
export function planPath(
  plan: MemoryPlan,
  { firstSums, inputs }: PlacedNetworks,
  networks: readonly DenseNetwork[],
): PlacedPath {
  const one: Rows = { at: plan.keep(Float64Array.of(1)), stride: 0 };
  const firstSlopes = takeRows(plan, firstSums.stride / DOUBLE);
  const total = { at: plan.take(firstSums.stride / DOUBLE), stride: 0 };
  const [slopeParts, totalParts] = [partsOf(firstSlopes, networks), partsOf(total, networks)];
  const members = networks.map(({ layers }, m): PlacedSlopes => {
    const hidden = layers.slice(1, -1).map((layer) => takeRows(plan, layer.units));
    return {
      layers: layers.slice(1).map((layer) => placeLayer(plan, transposed(layer))),
      slopes: [slopeParts[m] as Rows, ...hidden, one],
      first: placeLayer(plan, transposed(layers[0] as DenseLayer)),
      total: totalParts[m] as Rows,
    };
  });
  return { members, firstSlopes, total, inputSlopes: { at: plan.take(inputs.stride / DOUBLE), stride: 0 } };
}

/**
 * Slopes of every network's margin by its inputs, summed over the points on the path whose first sums stand in
 * `firstSums`, as `integratedGradients` computes them. `write` is told each network's in turn, as an index of `cells`.
 */
export function pathSlopes(
  { kernels, cells }: { kernels: Kernels; cells: Float64Array },
  placed: PlacedNetworks,
  path: PlacedPath,
): (write: (member: number, at: number) => void) => void {
  const linear = Number.NEGATIVE_INFINITY;
  const doubles = placed.firstSums.stride / DOUBLE;
  const [total, slopes] = [path.total.at / DOUBLE, path.firstSlopes.at / DOUBLE];
  return (write) => {
    for (const [m, member] of placed.members.entries()) {
      const turned = path.members[m] as PlacedSlopes;
      const last = member.layers.length - 1;
      forwardUpper(kernels, member, { rows: ROWS, layers: last });
      for (let l = last; l >= 0; l--) {
        const [x, out] = [turned.slopes[l + 1] as Rows, turned.slopes[l] as Rows];
        runLayer(kernels, turned.layers[l] as PlacedLayer, { rows: ROWS, x, out, floor: linear });
        if (l > 0) maskRows(kernels, out, (member.sums[l] as Rows).at);
      }
    }
    maskRows(kernels, path.firstSlopes, placed.firstSums.at);
    for (let u = 0; u < doubles; u++) {
      let sum = 0;
      for (let step = 0; step < ROWS; step++) sum += cells[slopes + step * doubles + u] as number;
      cells[total + u] = sum;
    }
    for (let m = 0; m < path.members.length; m++) {
      const { first, total: x } = path.members[m] as PlacedSlopes;
      runLayer(kernels, first, { rows: 1, x, out: path.inputSlopes, floor: linear });
      write(m, path.inputSlopes.at / DOUBLE);
    }
  };
}

/** Keeps the slopes of units that are on. */
function maskRows({ mask }: Kernels, { at, stride }: Rows, gates: number): void {
  mask(at, at + ROWS * stride, gates);
}

/** Outputs to inputs, without a bias. */
function transposed({ inputs, units, kernel }: DenseLayer): DenseLayer {
  const turned = new Float32Array(inputs * units);
  for (let i = 0; i < inputs; i++) {
    for (let u = 0; u < units; u++) turned[u * inputs + i] = kernel[i * units + u] as number;
  }
  return { inputs: units, units: inputs, kernel: turned, bias: new Float32Array(inputs) };
}
