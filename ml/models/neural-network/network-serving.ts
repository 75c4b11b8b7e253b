import type { Encoder } from "../encoding.ts";
import type { FittedModel } from "../model.ts";
import { integratedGradients } from "./attribution.ts";
import { type DenseNetwork, forward, layerBuffers } from "./dense-network.ts";
import { simdServing } from "./simd/simd-serving.ts";

/** How the mean of several networks over one encoding is scored and explained. */
export type NetworkServing = Pick<FittedModel, "margins" | "contributions">;

/** The fastest way that this runtime has; all give the same bits. */
export function networkServing(encoder: Encoder, networks: readonly DenseNetwork[]): NetworkServing {
  return simdServing(encoder, networks) ?? plainServing(encoder, networks);
}

/** One row and one network after the other, in plain loops. */
export function plainServing(encoder: Encoder, networks: readonly DenseNetwork[]): NetworkServing {
  const members = networks.map((network) => ({
    network,
    // Standardised inputs: the mean training row is zero in every column.
    attribute: integratedGradients(network, new Float64Array(encoder.width)),
    buffers: layerBuffers(network),
  }));
  const input = new Float64Array(encoder.width);
  const shares = new Float64Array(encoder.width);
  return {
    margins(features, rows, out) {
      for (let row = 0; row < rows; row++) {
        encoder.encodeRow(features, row * encoder.sourceWidth, input, 0);
        let sum = 0;
        for (const member of members) sum += forward(member.network, input, member.buffers);
        out[row] = sum / members.length;
      }
    },
    contributions(row, out) {
      out.fill(0);
      encoder.encodeRow(row, 0, input, 0);
      let base = 0;
      for (const member of members) {
        base += member.attribute(input, shares) / members.length;
        for (let c = 0; c < shares.length; c++) {
          const source = encoder.sources[c] as number;
          out[source] = (out[source] as number) + (shares[c] as number) / members.length;
        }
      }
      return base;
    },
  };
}
