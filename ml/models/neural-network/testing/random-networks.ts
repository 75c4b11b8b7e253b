import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { type Encoder, loadEncoder } from "../../encoding.ts";
import type { DenseLayer, DenseNetwork } from "../dense-network.ts";
import { heNormal } from "../training-batches.ts";

/** Networks of random weights over one encoding, hidden layers and skip of each as given. */
export function randomNetworks(
  seed: number,
  width: number,
  shapes: readonly { readonly hidden: readonly number[]; readonly skip: boolean }[],
): { encoder: Encoder; networks: DenseNetwork[] } {
  const rng = createRng(`networks:${seed}`);
  const networks = shapes.map(({ hidden, skip }) => {
    const ends = [width, ...hidden, 1];
    return {
      layers: ends.slice(1).map((units, l) => randomLayer(ends[l] ?? 0, units, rng)),
      skip: skip ? heNormal(width, 1, rng) : null,
    };
  });
  return { encoder: clippedEncoder(width), networks };
}

/** Every second column's source feature feeds two columns; values are clipped and else left as they are. */
function clippedEncoder(width: number): Encoder {
  return loadEncoder({
    version: 1,
    sourceWidth: Math.max(1, Math.ceil((2 * width) / 3)),
    columns: Array.from({ length: width }, (_, c) => ({
      source: c - Math.floor((c + 1) / 3),
      transform: c % 3 === 2 ? "log" : "flat",
      fill: 0,
      from: 0,
      to: 1,
      center: 0,
      scale: 1,
    })),
  });
}

/** A tenth of the weights are 0, as sums over a silent unit are. */
function randomLayer(inputs: number, units: number, rng: Rng): DenseLayer {
  const kernel = heNormal(inputs, units, rng).map((weight) => (rng.next() < 0.1 ? 0 : weight));
  return { inputs, units, kernel, bias: heNormal(units, 1, rng).map((bias) => bias / 4) };
}
