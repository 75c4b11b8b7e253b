export type PageHinkleyOptions = {
  readonly minInstances: number;
  readonly delta: number;
  readonly threshold: number;
  readonly alpha: number;
};

/**
 * One-sided Page-Hinkley test for an increase of the mean (Page 1954; the older river variant with forgetting). The
 * running mean m moves by (x - m) / c with c from 1; the sum is max(0, alpha sum + x - m - delta); a drift is reported
 * once c, after counting the value, has reached minInstances and the sum the threshold, and then everything starts
 * anew. Returns the positions of drifts. O(n).
 */
export function pageHinkley(values: ArrayLike<number>, options: PageHinkleyOptions): number[] {
  const drifts: number[] = [];
  let [mean, sum, count] = [0, 0, 1];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    mean += (value - mean) / count;
    sum = Math.max(0, options.alpha * sum + (value - mean - options.delta));
    count++;
    if (count < options.minInstances || sum < options.threshold) continue;
    drifts.push(i);
    [mean, sum, count] = [0, 0, 1];
  }
  return drifts;
}
