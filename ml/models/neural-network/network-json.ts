import { decodeFloat32, encodeFloat32 } from "../base64.ts";
import type { DenseLayer, DenseNetwork } from "./dense-network.ts";

/** A layer with its float32 weights as base64; the output layer may carry the linear skip. */
type LayerJson = {
  readonly inputs: number;
  readonly units: number;
  readonly kernel: string;
  readonly bias: string;
  readonly skip?: string;
};
export type NetworkJson = readonly LayerJson[];

/** A network as plain JSON, exact. */
export function networkToJson({ layers, skip }: DenseNetwork): NetworkJson {
  return layers.map(({ inputs, units, kernel, bias }, l) => ({
    inputs,
    units,
    kernel: encodeFloat32(kernel),
    bias: encodeFloat32(bias),
    ...(skip !== null && l === layers.length - 1 ? { skip: encodeFloat32(skip) } : {}),
  }));
}

/**
 * Inverse of `networkToJson`, for encoded rows of `width` inputs.
 * @throws RangeError when the layers do not fit one another, the inputs or the single output.
 */
export function networkFromJson(json: NetworkJson, width: number): DenseNetwork {
  const ends = [width, ...json.map((layer) => layer.units)];
  if (json.length === 0 || ends.at(-1) !== 1 || json.some((layer, l) => layer.inputs !== ends[l])) {
    throw new RangeError("network and encoding differ in width");
  }
  const skip = json.at(-1)?.skip;
  return {
    layers: json.map(layerFromJson),
    skip: skip === undefined ? null : decodeFloat32(skip, width),
  };
}

function layerFromJson({ inputs, units, kernel, bias }: LayerJson): DenseLayer {
  return { inputs, units, kernel: decodeFloat32(kernel, inputs * units), bias: decodeFloat32(bias, units) };
}
