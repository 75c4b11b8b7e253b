import { type ClusterSums, poissonBootstrap, type Replicates } from "#ml/evaluation/poisson-bootstrap.ts";
import { createRng } from "#ml/math/seeded-random.ts";

type Options = { readonly seed: number; readonly replicates: number };

/** Customers with nothing but this sum in this measure. */
type Alike = { readonly measure: number; readonly sum: number; customers: number };

/** So few are drawn one by one. */
const FEW = 500;

/**
 * `poissonBootstrap` for many customers of whom most have a sum in one measure only, and few different ones. Customers
 * alike, who count Poisson(1) times each, together count Poisson(n) times: beyond 500 of them a normal draw of mean
 * and variance n stands for all. O(customers + those drawn one by one x replicates).
 */
export function drawnTotals(clusters: ClusterSums, { seed, replicates }: Options): Replicates {
  const { measures } = clusters;
  const { alike, single } = parted(clusters);
  const drawn = poissonBootstrap({ sums: single, measures }, { seed, replicates });
  const rng = createRng(`customers alike:${seed}`);
  for (const { measure, sum, customers } of alike) {
    for (let at = measure; at < drawn.totals.length; at += measures) {
      const count = Math.round(customers + Math.sqrt(customers) * rng.normal());
      drawn.totals[at] = (drawn.totals[at] as number) + sum * Math.max(0, count);
    }
  }
  return drawn;
}

/** Customers without any sum change nothing and are left out. */
function parted({ sums, measures }: ClusterSums): { alike: Alike[]; single: Float64Array } {
  const found = new Map<number, Alike>();
  const of = Array.from({ length: sums.length / measures }, (_, cluster) =>
    loneMeasure(sums, cluster * measures, measures),
  );
  for (const [cluster, measure] of of.entries()) {
    if (measure < 0) continue;
    const sum = sums[cluster * measures + measure] as number;
    const key = sum * measures + measure;
    const alike = found.get(key) ?? { measure, sum, customers: 0 };
    found.set(key, alike);
    alike.customers++;
  }
  const single = new Float64Array(sums.length);
  let to = 0;
  for (const [cluster, measure] of of.entries()) {
    const from = cluster * measures;
    if (measure === NONE) continue;
    const key = measure < 0 ? 0 : (sums[from + measure] as number) * measures + measure;
    if (measure >= 0 && (found.get(key)?.customers ?? 0) > FEW) continue;
    for (let m = 0; m < measures; m++) single[to + m] = sums[from + m] as number;
    to += measures;
  }
  const alike = [...found.values()].filter(({ customers }) => customers > FEW);
  return { alike, single: single.subarray(0, to) };
}

const NONE = -1;
const SEVERAL = -2;

/** The only measure that is not 0. */
function loneMeasure(sums: Float64Array, from: number, measures: number): number {
  let lone = NONE;
  for (let m = 0; m < measures; m++) {
    if (sums[from + m] === 0) continue;
    if (lone !== NONE) return SEVERAL;
    lone = m;
  }
  return lone;
}
