import { calibrate, fitCalibrator } from "#ml/calibration/calibrator.ts";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { replay } from "#ml/features/replay.ts";
import { familyOptions, fitFamily } from "#ml/models/families.ts";
import type { FittedModel, TrainingRows } from "#ml/models/model.ts";
import { type GateVerdict, gateDefaults, judge } from "#ml/promotion/gate.ts";
import type { GateRows } from "#ml/promotion/gate-rows.ts";
import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";
import { expectedCosts } from "#server/domain/cost.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { decide, defaultPolicy } from "#server/domain/policy.ts";

export const trialKinds = ["noise", "improvement"] as const;
/**
 * noise: the world does not change, and the candidate has learned from a month that begins two weeks later.
 * improvement: a new kind of fraud appears after the champion's weeks; the candidate has learned from later ones too.
 */
export type TrialKind = (typeof trialKinds)[number];

const START_MS = Date.UTC(2026, 0, 1);
const CUSTOMERS = 700;
const MERCHANTS = 150;
const FRAUD_SHARE = 0.02;
/** Days of the world: what the champion learned from, the candidate, and the window that both are judged on. */
const CHAMPION_DAYS = [15, 45] as const;
const CANDIDATE_DAYS = { noise: [30, 60], improvement: [15, 70] } as const;
const CHANGE_DAY = 45;
const JUDGED_DAYS = [70, 100] as const;

const { definitions } = defaultFeatureSet;
const width = definitions.length;

/** One retraining and what the gate says of it. Same kind and seed: same verdict. About a second. */
export async function playTrial(kind: TrialKind, seed: number): Promise<GateVerdict> {
  const world = simulatedWorld(kind, seed);
  const championRows = world.rowsIn(CHAMPION_DAYS);
  const candidateRows = world.rowsIn(CANDIDATE_DAYS[kind]);
  const judged = world.rowsIn(JUDGED_DAYS);
  const champion = await fittedScores(world, { rows: championRows, judged, seed });
  const candidate = await fittedScores(world, { rows: candidateRows, judged, seed: seed + 500_000 });
  return judge(
    gateRows(world, judged, { champion, candidate }),
    { scoringMicros: null, features: null },
    { ...gateDefaults, seed },
  );
}

type SimulatedRows = {
  readonly payments: readonly SimulatedPayment[];
  readonly features: Float64Array;
  readonly customerOf: (row: number) => string;
  readonly rowsIn: (days: readonly [number, number]) => number[];
};

function simulatedWorld(kind: TrialKind, seed: number): SimulatedRows {
  const payments = [
    ...simulate({
      seed,
      startMs: START_MS,
      days: JUDGED_DAYS[1],
      customers: CUSTOMERS,
      merchants: MERCHANTS,
      fraudShare: FRAUD_SHARE,
      drift: kind === "noise" ? [] : [{ kind: "new_fraud_pattern", fromDay: CHANGE_DAY }],
    }),
  ];
  const events = payments.map(({ payment }) => payment);
  const dayOf = (row: number): number => ((events[row]?.occurredAtMs ?? 0) - START_MS) / DAY_MS;
  return {
    payments,
    features: replay(defaultFeatureSet, events, []),
    customerOf: (row) => events[row]?.customerId ?? "",
    rowsIn: ([from, to]) => [...events.keys()].filter((row) => dayOf(row) >= from && dayOf(row) < to),
  };
}

type Fit = { readonly rows: readonly number[]; readonly judged: readonly number[]; readonly seed: number };

/** Trees fitted on the first four fifths of the rows, calibrated on the last; their probabilities of the judged rows. */
async function fittedScores(world: SimulatedRows, { rows, judged, seed }: Fit): Promise<Float64Array> {
  const cut = Math.floor(rows.length * 0.8);
  const [training, later] = [tableOf(world, rows.slice(0, cut)), tableOf(world, rows.slice(cut))];
  const options = { ...familyOptions("gradient_boosting"), rounds: 60, patience: null };
  const context = {
    featureNames: definitions.map(({ name }) => name),
    definitions,
    seed,
    signal: null,
    onProgress: () => {},
  };
  const model = await fitFamily("gradient_boosting", { training, validation: later, options, context });
  const { calibrator } = fitCalibrator(marginsOf(model, later), later.labels, seed);
  return marginsOf(model, tableOf(world, judged)).map((margin) => calibrate(calibrator, margin));
}

function marginsOf(model: FittedModel, { features, rows }: TrainingRows): Float64Array {
  const margins = new Float64Array(rows);
  model.margins(features, rows, margins);
  return margins;
}

function tableOf({ payments, features }: SimulatedRows, rows: readonly number[]): TrainingRows {
  const table = new Float64Array(rows.length * width);
  for (const [place, row] of rows.entries())
    table.set(features.subarray(row * width, (row + 1) * width), place * width);
  const labels = Uint8Array.from(rows, (row) => Number(payments[row]?.fraudKind !== null));
  return { width, rows: rows.length, features: table, labels, weights: null };
}

function gateRows(
  world: SimulatedRows,
  judged: readonly number[],
  scores: { readonly champion: Float64Array; readonly candidate: Float64Array },
): GateRows {
  const labels = Uint8Array.from(judged, (row) => Number(world.payments[row]?.fraudKind !== null));
  const costs = (given: Float64Array): Float64Array =>
    Float64Array.from(judged, (row, place) => {
      const amountMinor = world.payments[row]?.payment.amountMinor ?? 0;
      const score = given[place] ?? Number.NaN;
      const outcome = decide({ status: "scored", score }, amountMinor, defaultPolicy);
      return expectedCosts(labels[place] ?? 0, amountMinor, defaultPolicy.cost)[outcome];
    });
  return {
    labels,
    customerIds: judged.map(world.customerOf),
    weights: new Float64Array(judged.length).fill(1),
    championScores: scores.champion,
    candidateScores: scores.candidate,
    championCostMinor: costs(scores.champion),
    candidateCostMinor: costs(scores.candidate),
    segments: judged.map((row) => world.payments[row]?.payment.channel ?? "none"),
  };
}
