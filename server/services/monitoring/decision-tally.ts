import { isOutside, placeOf } from "#ml/monitoring/feature-reference.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { ReferenceBins, ScoreBins } from "./reference-bins.ts";

/** Stands for the model version of decisions that no model could score. */
export const NO_MODEL = "none";
/** The score's name among the features of feature_day. */
export const SCORE_FEATURE = "score";

export type TalliedDecision = {
  readonly occurredAtMs: number;
  readonly modelVersionId: string | null;
  readonly currency: string;
  readonly outcome: string;
  readonly amountMinor: number;
  readonly expectedLossMinor: number;
  readonly score: number | null;
  /** little-endian float64 in the feature set's order */
  readonly features: Buffer;
};

export type DecisionDayRow = {
  readonly day: string;
  readonly modelVersionId: string;
  readonly currency: string;
  readonly outcome: string;
  decisions: number;
  amountMinor: number;
  expectedLossMinor: number;
  scoreSum: number;
};

export type FeatureDayRow = {
  readonly day: string;
  readonly modelVersionId: string;
  readonly feature: string;
  readonly counts: number[];
  missing: number;
  /** categories the reference does not know: in no bin */
  unseen: number;
  /** numbers beyond the reference's range: in the bins at the ends as well */
  outside: number;
};

/** Counts decisions by UTC day of the payment, and their features and scores on the reference bins of their model. */
export class DecisionTally {
  readonly #days = new Map<string, DecisionDayRow>();
  readonly #features = new Map<string, FeatureDayRow[]>();

  /** `bins` are those of the decision's model version; null leaves its features uncounted. */
  add(decision: TalliedDecision, bins: ReferenceBins | null): void {
    const day = new Date(Math.floor(decision.occurredAtMs / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
    const { score, modelVersionId } = decision;
    const scored = score !== null && modelVersionId !== null;
    const row = this.#dayRow(day, scored ? modelVersionId : NO_MODEL, decision);
    row.decisions++;
    row.amountMinor += decision.amountMinor;
    row.expectedLossMinor += decision.expectedLossMinor;
    if (!scored) return;
    row.scoreSum += score;
    if (bins === null || decision.features.length !== bins.features.length * 8) return;
    const rows = this.#featureRows(day, modelVersionId, bins);
    for (const [feature, reference] of bins.features.entries()) {
      count(rows[feature], reference, decision.features.readDoubleLE(feature * 8));
    }
    count(rows[bins.features.length], bins.score, score);
  }

  dayRows(): DecisionDayRow[] {
    return [...this.#days.values()];
  }

  featureRows(): FeatureDayRow[] {
    return [...this.#features.values()].flat();
  }

  #dayRow(day: string, modelVersionId: string, { currency, outcome }: TalliedDecision): DecisionDayRow {
    const key = `${day} ${modelVersionId} ${currency} ${outcome}`;
    const known = this.#days.get(key);
    if (known !== undefined) return known;
    const zero = { decisions: 0, amountMinor: 0, expectedLossMinor: 0, scoreSum: 0 };
    const row = { day, modelVersionId, currency, outcome, ...zero };
    this.#days.set(key, row);
    return row;
  }

  #featureRows(day: string, modelVersionId: string, bins: ReferenceBins): FeatureDayRow[] {
    const key = `${day} ${modelVersionId}`;
    const known = this.#features.get(key);
    if (known !== undefined) return known;
    const rows = [...bins.features, { name: SCORE_FEATURE, cuts: bins.score.cuts }].map(({ name, cuts }) => ({
      day,
      modelVersionId,
      feature: name,
      counts: new Array<number>(cuts.length + 1).fill(0),
      missing: 0,
      unseen: 0,
      outside: 0,
    }));
    this.#features.set(key, rows);
    return rows;
  }
}

function count(row: FeatureDayRow | undefined, reference: ScoreBins, value: number): void {
  if (row === undefined) return;
  const place = placeOf(reference, value);
  if (place === "missing") row.missing++;
  else if (place === "unseen") row.unseen++;
  else row.counts[place] = (row.counts[place] ?? 0) + 1;
  if (isOutside(reference, value)) row.outside++;
}
