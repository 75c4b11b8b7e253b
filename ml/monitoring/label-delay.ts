/** Fraud labels recorded in a window by their source, with the logarithms of days from payment to recording summed. */
export type DelaySums = { readonly source: string; readonly labels: number; readonly logSum: number };

/** Days under which a label came at once. */
const AT_ONCE = 1 / 24;

/** Sums of delays in days by source. @example delaySums([{ source: "chargeback", days: 1 }]) // one label, logSum 0 */
export function delaySums(
  delays: readonly { readonly source: string; readonly days: number }[],
): DelaySums[] {
  return [...Map.groupBy(delays, ({ source }) => source)]
    .map(([source, own]) => ({
      source,
      labels: own.length,
      logSum: own.reduce((sum, { days }) => sum + Math.log(Math.max(AT_ONCE, days)), 0),
    }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** Mean logarithm of the delay by source, over all windows together. */
export function usualDelays(windows: readonly (readonly DelaySums[])[]): ReadonlyMap<string, number> {
  const bySource = Map.groupBy(windows.flat(), ({ source }) => source);
  return new Map(
    [...bySource].map(([source, sums]) => [
      source,
      sums.reduce((sum, { logSum }) => sum + logSum, 0) / sums.reduce((sum, { labels }) => sum + labels, 0),
    ]),
  );
}

/**
 * How many times as late as usual the labels of a window came, source by source, so that more chargebacks and fewer
 * reports are no delay. Null with fewer labels of known sources than `least`.
 */
export function delayRatio(
  window: readonly DelaySums[],
  usual: ReadonlyMap<string, number>,
  least: number,
): number | null {
  let [labels, log] = [0, 0];
  for (const { source, labels: count, logSum } of window) {
    const mean = usual.get(source);
    if (mean === undefined) continue;
    labels += count;
    log += logSum - count * mean;
  }
  return labels < Math.max(1, least) ? null : Math.exp(log / labels);
}
