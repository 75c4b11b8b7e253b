import { STEPS } from "../attribution.ts";
import type { DenseLayer, DenseNetwork } from "../dense-network.ts";
import type { Kernels } from "./kernels.ts";
import {
  DOUBLE,
  type MemoryPlan,
  type PlacedLayer,
  padded,
  placeLayer,
  type Rows,
  runLayer,
} from "./memory-plan.ts";

/** Rows at a time: a path to explain by, and few enough for what is between two layers to stay in the cache. */
export const ROWS = STEPS;

/** A network behind the first layer, which all share: its part of that layer's sums, and its own layers. */
export type PlacedNetwork = {
  readonly skip: Float32Array | null;
  /** The layers behind the first. */
  readonly layers: readonly PlacedLayer[];
  /** Each layer's sums before ReLU, the first one's too. */
  readonly sums: readonly Rows[];
};

/** Several networks over the same inputs, their first layers as one. */
export type PlacedNetworks = {
  readonly inputs: Rows;
  readonly first: PlacedLayer;
  readonly firstSums: Rows;
  readonly members: readonly PlacedNetwork[];
};

/** Lays out networks of at least one hidden layer over `width` inputs. */
export function placeNetworks(
  plan: MemoryPlan,
  networks: readonly DenseNetwork[],
  width: number,
): PlacedNetworks {
  const joined = sideBySide(networks.map(({ layers }) => layers[0] as DenseLayer));
  const firstSums = takeRows(plan, joined.units);
  const parts = partsOf(firstSums, networks);
  return {
    inputs: takeRows(plan, width),
    first: placeLayer(plan, joined),
    firstSums,
    members: networks.map(({ layers, skip }, m) => ({
      skip,
      layers: layers.slice(1).map((layer) => placeLayer(plan, layer)),
      sums: [parts[m] as Rows, ...layers.slice(1).map((layer) => takeRows(plan, layer.units))],
    })),
  };
}

/** Room for `ROWS` rows of so many doubles, each row rounded up to a pair. */
export function takeRows(plan: MemoryPlan, doubles: number): Rows {
  return { at: plan.take(ROWS * padded(doubles)), stride: padded(doubles) * DOUBLE };
}

/** Where each network's first units stand in rows of all first units; each begins at an even place. */
export function partsOf({ at, stride }: Rows, networks: readonly DenseNetwork[]): Rows[] {
  let start = 0;
  return networks.map(({ layers }) => {
    const part = { at: at + start * DOUBLE, stride };
    start += padded((layers[0] as DenseLayer).units);
    return part;
  });
}

/** Leaves every layer's sums of the rows in `inputs`. */
export function forwardRows(kernels: Kernels, placed: PlacedNetworks, rows: number): void {
  const { first, inputs, firstSums, members } = placed;
  runLayer(kernels, first, { rows, x: inputs, out: firstSums, floor: Number.NEGATIVE_INFINITY });
  for (const member of members) forwardUpper(kernels, member, { rows, layers: member.layers.length });
}

/** Goes on from the first layer's sums through so many layers. */
export function forwardUpper(
  kernels: Kernels,
  member: PlacedNetwork,
  { rows, layers }: { rows: number; layers: number },
): void {
  for (let l = 0; l < layers; l++) {
    const [x, out] = [member.sums[l] as Rows, member.sums[l + 1] as Rows];
    runLayer(kernels, member.layers[l] as PlacedLayer, { rows, x, out, floor: 0 });
  }
}

function sideBySide(layers: readonly DenseLayer[]): DenseLayer {
  const inputs = layers[0]?.inputs ?? 0;
  const units = layers.reduce((sum, layer) => sum + padded(layer.units), 0);
  const joined = { inputs, units, kernel: new Float32Array(inputs * units), bias: new Float32Array(units) };
  let start = 0;
  for (const layer of layers) {
    joined.bias.set(layer.bias, start);
    for (let i = 0; i < inputs; i++) {
      joined.kernel.set(layer.kernel.subarray(i * layer.units, (i + 1) * layer.units), i * units + start);
    }
    start += padded(layer.units);
  }
  return joined;
}
