import { bestStep } from "../best-step.ts";
import { type Encoder, type EncodingJson, fitEncoder, loadEncoder } from "../encoding.ts";
import { kindsOf } from "../feature-kind.ts";
import type { FitContext, FittedModel, ModelFamily, TrainingRows } from "../model.ts";
import type { NetworkRows } from "./fit-network.ts";
import { type NetworkJson, networkFromJson, networkToJson } from "./network-json.ts";
import { type NetworkServing, networkServing } from "./network-serving.ts";
import { checkOptions, type NeuralNetworkOptions, neuralNetworkDefaults } from "./options.ts";

type Json = {
  readonly family: "neural_network";
  readonly version: 1;
  readonly encoding: EncodingJson;
  readonly trainedWith: string;
  readonly members: readonly NetworkJson[];
};

/**
 * Dense networks trained by TensorFlow.js in worker threads on encoded inputs, served from typed arrays: TensorFlow.js
 * is loaded to fit and never to score. Contributions are integrated gradients from the mean training input, summed per
 * feature.
 */
export const neuralNetworkFamily: ModelFamily<NeuralNetworkOptions> = {
  family: "neural_network",
  defaults: neuralNetworkDefaults,
  async fit(training, validation, options, context) {
    checkOptions(options);
    const { signal } = context;
    const encoder = await fitEncoder(training, kindsOf(context), { pieces: options.pieces, signal });
    const { fitMembers } = await import(/* turbopackIgnore: true */ "./fit-members.ts");
    const watch = progressOf(options, context);
    const fits = await fitMembers({
      training: await encoded(encoder, training, signal),
      validation: await encoded(encoder, validation, signal),
      options,
      seed: `network:${context.seed}`,
      signal,
      onEpoch: watch.onEpoch,
    });
    const fitted = fromJson({
      family: "neural_network",
      version: 1,
      encoding: encoder.toJSON(),
      trainedWith: fits[0]?.trainedWith ?? "",
      members: fits.map(({ network }) => networkToJson(network)),
    });
    return { ...fitted, curve: meanCurve(watch.curves) };
  },
  refitOptions: (fitted, options) => ({
    ...options,
    stopAfter: bestStep(fitted) ?? options.stopAfter,
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

async function encoded(
  encoder: Encoder,
  slice: TrainingRows,
  signal: AbortSignal | null,
): Promise<NetworkRows> {
  const { rows, labels, weights } = slice;
  return { width: encoder.width, rows, labels, weights, inputs: await encoder.encodeMatrix(slice, signal) };
}

/** Passes on every epoch of every member, which may train side by side, and keeps their curves. */
function progressOf(
  { members, epochs, stopAfter }: NeuralNetworkOptions,
  { onProgress }: FitContext,
): { curves: number[][]; onEpoch: (member: number, epoch: number, ap: number | null) => void } {
  const each = stopAfter ?? epochs;
  const curves = Array.from({ length: members }, (): number[] => []);
  let step = 0;
  return {
    curves,
    onEpoch: (member, epoch, ap) => {
      step++;
      if (ap !== null) curves[member]?.push(ap);
      const reached = ap === null ? "" : `, AP ${ap.toFixed(4)}`;
      onProgress({
        step,
        steps: members * each,
        note: `network ${member + 1} of ${members}, epoch ${epoch} of ${each}${reached}`,
      });
    },
  };
}

/** Mean over the members at each epoch; one that stopped earlier counts with its last value. */
function meanCurve(curves: readonly (readonly number[])[]): number[] {
  const watched = curves.filter((curve) => curve.length > 0);
  const epochs = watched.reduce((most, curve) => Math.max(most, curve.length), 0);
  return Array.from({ length: epochs }, (_, epoch) => {
    const sum = watched.reduce((total, curve) => total + (curve[Math.min(epoch, curve.length - 1)] ?? 0), 0);
    return sum / watched.length;
  });
}

function fromJson(json: Json): FittedModel {
  const encoder = loadEncoder(json.encoding);
  const networks = json.members.map((member) => networkFromJson(member, encoder.width));
  let serving: NetworkServing | null = null;
  const served = (): NetworkServing => {
    serving ??= networkServing(encoder, networks);
    return serving;
  };
  return {
    family: "neural_network",
    width: encoder.sourceWidth,
    margins: (features, rows, out) => served().margins(features, rows, out),
    contributions: (row, out) => served().contributions(row, out),
    *prepare() {
      served();
      yield;
    },
    toJSON: () => json,
    libraries: { tensorflow: json.trainedWith },
  };
}
