import { decodeFloat32, encodeFloat32 } from "../base64.ts";
import { bestStep } from "../best-step.ts";
import { type EncodingJson, fitEncoder, loadEncoder } from "../encoding.ts";
import { kindsOf } from "../feature-kind.ts";
import type { FittedModel, ModelFamily } from "../model.ts";
import { integratedGradients } from "./attribution.ts";
import { type DenseNetwork, forward, layerBuffers } from "./dense-network.ts";
import { type NeuralNetworkOptions, neuralNetworkDefaults } from "./options.ts";

type LayerJson = {
  readonly inputs: number;
  readonly units: number;
  readonly kernel: string;
  readonly bias: string;
};

type Json = {
  readonly family: "neural_network";
  readonly version: 1;
  readonly encoding: EncodingJson;
  readonly trainedWith: string;
  readonly members: readonly (readonly LayerJson[])[];
};

/**
 * Dense networks trained by TensorFlow.js on encoded inputs, served from typed arrays: TensorFlow.js is loaded to
 * fit and never to score. Contributions are integrated gradients from the mean training input, summed per feature.
 */
export const neuralNetworkFamily: ModelFamily<NeuralNetworkOptions> = {
  family: "neural_network",
  defaults: neuralNetworkDefaults,
  async fit(training, validation, options, context) {
    const encoder = fitEncoder(training.features, training.rows, kindsOf(context), options);
    const [{ loadTensorFlow }, { fitNetwork }] = await Promise.all([
      import(/* turbopackIgnore: true */ "./tensorflow-backend.ts"),
      import("./fit-network.ts"),
    ]);
    const tf = await loadTensorFlow();
    const encode = (slice: typeof training) => ({
      ...slice,
      width: encoder.width,
      inputs: encoder.encodeMatrix(slice.features, slice.rows),
    });
    const slices = { training: encode(training), validation: encode(validation) };
    const steps = options.members * options.epochs;
    const fits: Awaited<ReturnType<typeof fitNetwork>>[] = [];
    const curves: number[][] = [];
    for (let member = 0; member < options.members; member++) {
      const memberCurve: number[] = [];
      curves.push(memberCurve);
      const onEpoch = (epoch: number, ap: number | null): void => {
        if (ap !== null) memberCurve.push(ap);
        context.onProgress({
          step: member * options.epochs + epoch,
          steps,
          note: `network ${member + 1} of ${options.members}, epoch ${epoch} of ${options.epochs}${ap === null ? "" : `, AP ${ap.toFixed(4)}`}`,
        });
      };
      const seed = `network:${context.seed}:${member}`;
      fits.push(await fitNetwork(tf, { ...slices, options, seed, signal: context.signal, onEpoch }));
    }
    const fitted = fromJson({
      family: "neural_network",
      version: 1,
      encoding: encoder.toJSON(),
      trainedWith: `tfjs ${tf.version} ${tf.backend}`,
      members: fits.map((fit) => fit.network.map(layerToJson)),
    });
    return { ...fitted, curve: meanCurve(curves) };
  },
  refitOptions: (fitted, options) => ({
    ...options,
    epochs: bestStep(fitted) ?? options.epochs,
    patience: null,
  }),
  load(json) {
    const { family, version } = json as Partial<Json>;
    if (family !== "neural_network" || version !== 1) {
      throw new RangeError(`not a neural network of version 1: ${family} ${version}`);
    }
    return fromJson(json as Json);
  },
};

/** Mean over the members at each epoch; one that stopped earlier counts with its last value. */
function meanCurve(curves: readonly (readonly number[])[]): number[] {
  const watched = curves.filter((curve) => curve.length > 0);
  const epochs = watched.reduce((most, curve) => Math.max(most, curve.length), 0);
  return Array.from({ length: epochs }, (_, epoch) => {
    const sum = watched.reduce((total, curve) => total + (curve[Math.min(epoch, curve.length - 1)] ?? 0), 0);
    return sum / watched.length;
  });
}

function layerToJson({ inputs, units, kernel, bias }: DenseNetwork[number]): LayerJson {
  return { inputs, units, kernel: encodeFloat32(kernel), bias: encodeFloat32(bias) };
}

function layerFromJson({ inputs, units, kernel, bias }: LayerJson): DenseNetwork[number] {
  return { inputs, units, kernel: decodeFloat32(kernel, inputs * units), bias: decodeFloat32(bias, units) };
}

function fromJson(json: Json): FittedModel {
  const encoder = loadEncoder(json.encoding);
  const members = json.members.map((layers) => {
    const network = layers.map(layerFromJson);
    if (network[0]?.inputs !== encoder.width) throw new RangeError("network and encoding differ in width");
    // Standardised inputs: the mean training row is zero in every column.
    const attribute = integratedGradients(network, new Float64Array(encoder.width));
    return { network, attribute, buffers: layerBuffers(network) };
  });
  const input = new Float64Array(encoder.width);
  const shares = new Float64Array(encoder.width);
  return {
    family: "neural_network",
    width: encoder.sourceWidth,
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
    toJSON: () => json,
    libraries: { tensorflow: json.trainedWith },
  };
}
