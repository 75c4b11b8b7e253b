import { curveReplicates } from "#ml/evaluation/curve-replicates.ts";
import { drummondHolteEnvelope, envelopeOf } from "#ml/evaluation/drummond-holte-envelope.ts";
import { percentileInterval } from "#ml/evaluation/poisson-bootstrap.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { readCodes } from "#server/services/analysis/read-codes.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { costWindow, type ReadCostsInput } from "./cost-window.ts";
import { type ModelRows, modelRows } from "./model-rows.ts";
import { type ProbabilityCost, probabilityCosts } from "./probability-costs.ts";

/** A model's lower envelope over the probability cost, from 0 to 1 in even steps. */
export type ModelCost = {
  readonly key: "served" | "challenger" | "rules";
  /** of the model version; null for rules, and where versions are mixed */
  readonly number: number | null;
  readonly costs: readonly number[];
  readonly bands: readonly (Interval | null)[];
  /** under the envelope; a model that tells nothing has 0.25 */
  readonly area: number;
  /** at the costs of reviewing, as they are now */
  readonly now: { readonly cost: number; readonly interval: Interval | null };
};

export type ModelCostsView = {
  readonly rows: number;
  readonly frauds: number;
  readonly replicates: number;
  readonly probabilityCosts: readonly number[];
  readonly now: ProbabilityCost;
  readonly models: readonly ModelCost[];
  /** challenger minus what served at the costs of now, paired; null without a challenger */
  readonly difference: { readonly cost: number; readonly interval: Interval | null } | null;
};

const STEPS = 50;
const REPLICATES = 200;
const SEED = 1;
const places = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);

/**
 * Cost curves of Drummond and Holte (2006) of what served, of the challenger in shadow and of rules alone, all on the
 * same rows: with a challenger, those that it scored. Intervals are 95 % percentiles of a Poisson bootstrap by
 * customer, on the same draws for every model. Null under the floor of labelled frauds and when nothing was scored.
 * Same refusals as costWindow.
 */
export async function readModelCosts(
  ctx: ServiceContext,
  asked: ReadCostsInput,
): Promise<ModelCostsView | null> {
  const of = await costWindow(ctx, asked);
  if (of === null || !of.floor.met) return null;
  const known = modelRows(of.input);
  const now = probabilityCosts(of.input, known.rows);
  if (now === null || known.frauds < MIN_LABELLED_FRAUDS) return null;
  const names = await readCodes(ctx.db, "version");
  const numberOf = (id: string | null | undefined): number | null =>
    of.window.versions.find((version) => version.id === id)?.number ?? null;
  const served = modelOf(known, known.served, now.review);
  const challenger = known.challenger === null ? null : modelOf(known, known.challenger.scores, now.review);
  const rules = modelOf(known, known.rules, now.review);
  return {
    rows: known.rows.length,
    frauds: known.frauds,
    replicates: REPLICATES,
    probabilityCosts: places,
    now,
    models: [
      { key: "served", number: numberOf(of.window.versionId), ...served.view },
      ...(challenger === null
        ? []
        : [
            {
              key: "challenger" as const,
              number: numberOf(names.get(known.challenger?.code ?? 0)),
              ...challenger.view,
            },
          ]),
      { key: "rules", number: null, ...rules.view },
    ],
    difference: challenger === null ? null : differenceOf(challenger, served),
  };
}

type Measured = {
  readonly view: Omit<ModelCost, "key" | "number">;
  /** at the costs of now, in each replicate */
  readonly draws: readonly (number | null)[];
};

function modelOf({ labels, customers }: ModelRows, scores: Float64Array, pc: number): Measured {
  const envelope = drummondHolteEnvelope(scores, labels);
  const drawn = curveReplicates({ scores, labels, customers }, { seed: SEED, replicates: REPLICATES });
  const envelopes = drawn.map(envelopeOf);
  const at = (place: number): (number | null)[] => envelopes.map((one) => one?.costAt(place) ?? null);
  const draws = at(pc);
  return {
    draws,
    view: {
      costs: places.map((place) => envelope?.costAt(place) ?? 0),
      bands: places.map((place) => percentileInterval(at(place))),
      area: envelope?.area ?? 0,
      now: { cost: envelope?.costAt(pc) ?? 0, interval: percentileInterval(draws) },
    },
  };
}

function differenceOf(challenger: Measured, served: Measured): NonNullable<ModelCostsView["difference"]> {
  const draws = challenger.draws.map((draw, r) => {
    const other = served.draws[r] ?? null;
    return draw === null || other === null ? null : draw - other;
  });
  const cost = challenger.view.now.cost - served.view.now.cost;
  return { cost, interval: percentileInterval(draws) };
}
