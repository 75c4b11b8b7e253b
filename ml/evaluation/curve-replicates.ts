import { poissonDraws } from "./poisson-bootstrap.ts";
import { checkRows, type RankedCounts } from "./ranked-counts.ts";

/** Scored rows of known customers: labels 1 for fraud and 0 for legitimate, customers numbered from 0 with few gaps. */
export type CustomerRows = {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly customers: Uint32Array;
};

export type CurveReplicateOptions = {
  readonly seed: number;
  readonly replicates: number;
  /** the most distinct fraud scores that are told apart; 1,000 when left out */
  readonly mostCuts?: number;
};

const MOST_CUTS = 1_000;
const MOST_CLUSTERS = 4_096;

/**
 * Ranked counts of Poisson bootstrap replicates (Chamandy et al. 2012): in each, every customer counts Poisson(1)
 * times with all their rows. What is kept of the scores is every distinct score of a fraud and what lies between two
 * of them, so measures of ranking are exact in each replicate (of more than `mostCuts` such scores, evenly many of
 * them). More than 4,096 customers are drawn in 4,096 groups of about equally many, which leaves the variance as it is
 * but for one part in 4,096. O(rows log cuts + replicates x places that hold rows of a group): bounded by rows x
 * replicates, and the same seed and rows give the same replicates. No replicates without a fraud.
 * @throws RangeError when lengths differ, a label is neither 0 nor 1, or replicates is under 2.
 */
export function curveReplicates(rows: CustomerRows, options: CurveReplicateOptions): RankedCounts[] {
  const { seed, replicates, mostCuts = MOST_CUTS } = options;
  checkRows(rows.scores, rows.labels, rows.customers);
  if (!(replicates >= 2)) throw new RangeError("a bootstrap needs at least 2 replicates");
  const cuts = fraudCuts(rows, mostCuts);
  if (cuts.length === 0) return [];
  const places = placesOf(rows.scores, cuts);
  const groups = groupsOf(rows.customers);
  const weighed = weigh({ ...rows, places, groups }, { seed, replicates, most: 2 * cuts.length + 1 });
  return rankedOf(weighed, cuts);
}

/** Distinct scores of frauds, highest first. */
function fraudCuts({ scores, labels }: CustomerRows, most: number): Float64Array {
  const found = new Set<number>();
  for (let row = 0; row < scores.length; row++) if (labels[row] === 1) found.add(scores[row] as number);
  const all = Float64Array.from(found).sort().reverse();
  if (all.length <= most) return all;
  return Float64Array.from(
    { length: most },
    (_, i) => all[Math.round(((i + 1) * all.length) / most) - 1] ?? 0,
  );
}

/** Place 2k lies above cut k and under the one before, place 2k + 1 on it; the last under all. Sorted by falling score. */
function placesOf(scores: Float64Array, cuts: Float64Array): Uint16Array {
  const places = new Uint16Array(scores.length);
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] as number;
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cuts[middle] as number) > score) low = middle + 1;
      else high = middle;
    }
    places[row] = 2 * low + (cuts[low] === score ? 1 : 0);
  }
  return places;
}

/** Customers numbered in order of appearance, beyond 4,096 shared out evenly. */
function groupsOf(customers: Uint32Array): Uint16Array {
  const highest = customers.reduce((most, customer) => Math.max(most, customer), 0);
  const numbers = new Uint32Array(highest + 1); // counted from 1
  let met = 0;
  const groups = new Uint16Array(customers.length);
  for (let row = 0; row < customers.length; row++) {
    const customer = customers[row] as number;
    if (numbers[customer] === 0) numbers[customer] = ++met;
    groups[row] = ((numbers[customer] as number) - 1) % MOST_CLUSTERS;
  }
  return groups;
}

type Placed = { labels: Uint8Array; places: Uint16Array; groups: Uint16Array };
type Weighed = { tp: Int32Array; fp: Int32Array; places: number; replicates: number };

/** Rows in each place, summed with the replicates' weights: `[place x replicates + replicate]`. */
function weigh(
  { labels, places, groups }: Placed,
  { seed, replicates, most }: { seed: number; replicates: number; most: number },
): Weighed {
  const sums = [new Int32Array(most * replicates), new Int32Array(most * replicates)] as const;
  const here = new Int32Array(2 * most);
  const weights = new Int32Array(replicates);
  const draw = poissonDraws(seed);
  for (const rows of rowsByGroup(groups)) {
    for (let r = 0; r < replicates; r++) weights[r] = draw();
    const touched: number[] = [];
    for (const row of rows) {
      const at = 2 * (places[row] as number) + (labels[row] as number);
      if (here[at] === 0) touched.push(at);
      here[at] = (here[at] as number) + 1;
    }
    for (const at of touched) {
      const count = here[at] as number;
      const into = sums[at & 1] as Int32Array;
      const from = (at >> 1) * replicates;
      for (let r = 0; r < replicates; r++) {
        into[from + r] = (into[from + r] as number) + count * (weights[r] as number);
      }
      here[at] = 0;
    }
  }
  return { fp: sums[0], tp: sums[1], places: most, replicates };
}

/** Rows of each group, in order of the groups' numbers. */
function rowsByGroup(groups: Uint16Array): Uint32Array[] {
  const ends = new Uint32Array(MOST_CLUSTERS + 1);
  for (const group of groups) ends[group + 1] = (ends[group + 1] as number) + 1;
  for (let g = 0; g < MOST_CLUSTERS; g++) ends[g + 1] = (ends[g + 1] as number) + (ends[g] as number);
  const order = new Uint32Array(groups.length);
  const next = ends.slice();
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number;
    order[next[group] as number] = row;
    next[group] = (next[group] as number) + 1;
  }
  const parts = Array.from({ length: MOST_CLUSTERS }, (_, g) => order.subarray(ends[g], ends[g + 1]));
  return parts.filter((part) => part.length > 0);
}

/** Sums added up from the highest place down, for each replicate. */
function rankedOf({ tp, fp, places, replicates }: Weighed, cuts: Float64Array): RankedCounts[] {
  // Between two cuts there is no one score.
  const thresholds = Float64Array.from({ length: places }, (_, p) =>
    p % 2 === 1 ? (cuts[p >> 1] as number) : Number.NaN,
  );
  return Array.from({ length: replicates }, (_, r) => {
    const [hits, falseAlerts] = [new Float64Array(places), new Float64Array(places)];
    let [positives, negatives] = [0, 0];
    for (let p = 0, at = r; p < places; p++, at += replicates) {
      positives += tp[at] as number;
      negatives += fp[at] as number;
      hits[p] = positives;
      falseAlerts[p] = negatives;
    }
    return { thresholds, tp: hits, fp: falseAlerts, positives, negatives };
  });
}
