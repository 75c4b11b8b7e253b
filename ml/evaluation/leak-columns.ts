import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { ascendingOrder } from "#ml/math/order.ts";
import { encodeInOrder } from "#ml/models/target-encoding-table.ts";
import type { LeakFinding, LeakSubject } from "./leak-finding.ts";
import { rocAuc } from "./ranking.ts";

export type LeakColumn = {
  readonly definition: FeatureDefinition;
  readonly column: number;
  readonly judged: Uint32Array; // labelled rows, ascending
  readonly recent: Uint32Array; // rows without a gap
};

/** A single feature beyond this AUC, either way, is too good to be known at authorisation. */
const SUSPICIOUS_AUC = 0.95;
const LEAST_PER_LABEL = 10;
const NEARLY_ALL = 0.99;
const NEARLY_DISTINCT = 0.98;
/** A category that recurs less than this on average is a name, not a kind. */
const LEAST_ROWS_PER_CATEGORY = 2;
const LEAST_ROWS = 100;

/** What is most wrong with one feature; null when nothing is. */
export function columnLeak(subject: LeakSubject, check: LeakColumn): LeakFinding | null {
  const values = valuesOf(subject, check.column, check.judged);
  const labels = Uint8Array.from(check.judged, (row) => subject.labels[row] as number);
  return (
    labelInDisguise(check, values, labels) ??
    separatesAlone(check, values, labels) ??
    identifier(check, valuesOf(subject, check.column, check.recent))
  );
}

/** Nearly all frauds share one value (or its absence), nearly all legitimate rows another. */
function labelInDisguise(
  { definition }: LeakColumn,
  values: Float64Array,
  labels: Uint8Array,
): LeakFinding | null {
  const fraud = commonest(values.filter((_, i) => labels[i] === 1));
  const legitimate = commonest(values.filter((_, i) => labels[i] === 0));
  const rows = Math.min(fraud.rows, legitimate.rows);
  const share = Math.min(fraud.share, legitimate.share);
  if (rows < LEAST_PER_LABEL || share < NEARLY_ALL || isSame(fraud.value, legitimate.value)) return null;
  return {
    code: "label_in_disguise",
    feature: definition.name,
    statistic: share,
    text: `${definition.name} is ${said(fraud.value)} for fraud and ${said(legitimate.value)} for legitimate payments: it looks like the label under another name. Leave it out.`,
  };
}

function commonest(values: Float64Array): { value: number; share: number; rows: number } {
  const counts = new Map<number, number>();
  let [value, most] = [Number.NaN, 0];
  for (const x of values) {
    const count = (counts.get(x) ?? 0) + 1;
    counts.set(x, count);
    if (count > most) [value, most] = [x, count];
  }
  return { value, share: values.length === 0 ? 0 : most / values.length, rows: values.length };
}

const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

const said = (value: number): string => (Number.isNaN(value) ? "missing" : String(value));

function separatesAlone(
  { definition }: LeakColumn,
  values: Float64Array,
  labels: Uint8Array,
): LeakFinding | null {
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(frauds, labels.length - frauds) < LEAST_PER_LABEL) return null;
  const aucs = rankings(definition, values, labels).map((ranking) => rocAuc(ranking, labels) ?? 0.5);
  const auc = aucs.reduce((far, next) => (Math.abs(next - 0.5) > Math.abs(far - 0.5) ? next : far), 0.5);
  if (auc <= SUSPICIOUS_AUC && auc >= 1 - SUSPICIOUS_AUC) return null;
  return {
    code: "separates_alone",
    feature: definition.name,
    statistic: auc,
    text: `${definition.name} alone ranks fraud with an AUC of ${auc.toFixed(3)}. Find out whether its value is known at authorisation, before the outcome is; if not, leave it out.`,
  };
}

/** Scores that a feature alone gives: its value with gaps at either end, or what earlier rows of its category were. */
function rankings(definition: FeatureDefinition, values: Float64Array, labels: Uint8Array): Float64Array[] {
  if (definition.unit === "category") {
    const encoded = Float64Array.from(values);
    encodeInOrder({ width: 1, rows: values.length, features: values, labels, weights: null }, [0], encoded);
    return [encoded];
  }
  const filled = (gap: number): Float64Array => values.map((x) => (Number.isNaN(x) ? gap : x));
  return [filled(Number.NEGATIVE_INFINITY), filled(Number.POSITIVE_INFINITY)];
}

function identifier({ definition: { name, unit } }: LeakColumn, values: Float64Array): LeakFinding | null {
  const present = values.filter((x) => !Number.isNaN(x));
  if (present.length < LEAST_ROWS) return null;
  const share = new Set(present).size / present.length;
  if (unit === "category") {
    if (share * LEAST_ROWS_PER_CATEGORY <= 1) return null;
    return {
      code: "identifier",
      feature: name,
      statistic: share,
      text: `${name} has nearly as many values as there are rows (${(100 * share).toFixed(0)} %): it names payments, and what is learnt from it will not come back. Leave it out or group it.`,
    };
  }
  if (share < NEARLY_DISTINCT) return null;
  const trend = correlationWithOrder(present);
  if (Math.abs(trend) < NEARLY_ALL) return null;
  return {
    code: "identifier",
    feature: name,
    statistic: trend,
    text: `${name} is different for nearly every payment and moves with time: it is a running number or a clock. A model that splits on it learns the dates of past fraud. Leave it out.`,
  };
}

/** Spearman's rank correlation of values, all but distinct, with their position. */
function correlationWithOrder(values: Float64Array): number {
  const n = values.length;
  let squares = 0;
  ascendingOrder(values).forEach((position, rank) => {
    squares += (position - rank) ** 2;
  });
  return 1 - (6 * squares) / (n * (n * n - 1));
}

function valuesOf({ features, width }: LeakSubject, column: number, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => features[row * width + column] as number);
}
