import { fitCalibrator } from "#ml/calibration/calibrator.ts";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { ensembleModel } from "#ml/models/ensemble/ensemble.ts";
import type { CandidateReport } from "./candidate.ts";
import type { Dataset } from "./dataset.ts";
import { type BlendKind, blended, blendKinds, fitBlends, type MemberMargins } from "./ensemble-blend.ts";
import { mean } from "./fit-candidate.ts";
import { weightsOf } from "./imbalance.ts";
import { pooledMargins, pooledValidation } from "./pooled.ts";
import type { TrainedFamily } from "./train-family.ts";
import type { SelectionFold } from "./training-plan.ts";

/** Parts of the only fold's customers, for judging weights on rows they were not fitted on. */
const CUSTOMER_PARTS = 5;

/**
 * An ensemble of families that are trained already. Every way to weigh them is judged on rows its weights were not
 * fitted on: fold by fold, or, with one fold, by fifths of its customers. The best way is fitted on all validated rows
 * and applied to the final models. Whether it is better than its best member is for the caller to see.
 * @throws RangeError with fewer than two members.
 */
export function trainEnsemble(
  members: readonly TrainedFamily[],
  dataset: Dataset,
  folds: readonly SelectionFold[],
  seed: number,
): TrainedFamily {
  if (members.length < 2) throw new RangeError("an ensemble needs at least two other families");
  const started = performance.now();
  const { rows, labels } = pooledValidation(folds);
  const margins = members.map(({ outOfFold }) => pooledMargins(outOfFold));
  const foldOf = Uint8Array.from(folds.flatMap(({ validation }, f) => [...validation.rows].map(() => f)));
  const partOf = folds.length > 1 ? foldOf : customerParts(dataset, rows);
  const crossed = crossFitted({ margins, labels }, partOf);
  const judged = [...crossed].map(([kind, out]) => {
    const outOfFold = folds.map((_, f) => out.filter((_margin, row) => foldOf[row] === f));
    const figures = folds.map(
      ({ validation }, f) => averagePrecision(outOfFold[f] ?? [], validation.labels) ?? 0,
    );
    return { kind, outOfFold, figures, value: mean(figures) };
  });
  const best = judged.reduce((winner, rival) => (rival.value > winner.value ? rival : winner));
  const blend = fitBlends({ margins, labels }).get(best.kind);
  if (blend === undefined) throw new RangeError(`there is no blend ${best.kind}`);
  const weighed = members.flatMap(({ model, marginOffset }, k) => {
    const weight = blend.weights[k] ?? 0;
    return weight > 0 ? [{ model, weight, offset: marginOffset }] : [];
  });
  return {
    family: "ensemble",
    model: ensembleModel(weighed, blend.intercept),
    marginOffset: 0,
    calibrator: fitCalibrator(pooledMargins(best.outOfFold), labels, seed, weightsOf(dataset, rows))
      .calibrator,
    validationAveragePrecision: best.value,
    outOfFold: best.outOfFold,
    candidates: judged.map(
      ({ kind, figures, value }): CandidateReport => ({
        family: "ensemble",
        variant: kind,
        imbalance: null,
        validationAveragePrecision: value,
        foldAveragePrecision: figures,
        dropped: false,
        chosen: kind === best.kind,
      }),
    ),
    trainRows: Math.max(...members.map(({ trainRows }) => trainRows)),
    fitSeconds: (performance.now() - started) / 1000,
  };
}

/** Margins of every row under each kind of blend, its weights fitted on the rows of the other parts. */
function crossFitted({ margins, labels }: MemberMargins, partOf: Uint8Array): Map<BlendKind, Float64Array> {
  const parts = partOf.reduce((most, part) => Math.max(most, part), 0) + 1;
  const kinds = blendKinds.filter((kind) => kind !== "mean of 3" || margins.length > 2);
  const crossed = new Map(kinds.map((kind) => [kind, new Float64Array(labels.length)]));
  for (let part = 0; part < parts; part++) {
    const isOutside = (_: number, row: number): boolean => partOf[row] !== part;
    const blends = fitBlends({
      margins: margins.map((column) => column.filter(isOutside)),
      labels: labels.filter(isOutside),
    });
    for (const [kind, blend] of blends) {
      const all = blended(blend, margins);
      const out = crossed.get(kind);
      for (let row = 0; row < labels.length; row++) {
        if (out !== undefined && partOf[row] === part) out[row] = all[row] as number;
      }
    }
  }
  return crossed;
}

/** Customers dealt to the parts in order of appearance, all rows of one together; rows, where customers are too few. */
function customerParts({ customerIds }: Dataset, rows: Uint32Array): Uint8Array {
  const numbers = new Map<string, number>();
  const customers = Array.from(rows, (row) => {
    const id = customerIds[row] ?? "";
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  });
  const isDealt = numbers.size >= CUSTOMER_PARTS;
  return Uint8Array.from(customers, (customer, at) => (isDealt ? customer : at) % CUSTOMER_PARTS);
}
