import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import { clusteredMean } from "#ml/promotion/clustered-mean.ts";

/** A fraud as the simulator knows it, and whether the policy let it through. */
export type KnownFraud = {
  readonly atMs: number;
  readonly customerId: string;
  /** reviewed or declined */
  readonly stopped: boolean;
};

/** Recall of a span: stopped frauds over frauds, by count; null where there was none. */
export type MeasuredRecall = {
  readonly recall: number | null;
  /** 95 %, by customer */
  readonly interval: Interval | null;
  readonly frauds: number;
};

const REPLICATES = 1_000;

/** Every fraud of the live weeks, reported or not. Only the measurement of the story knows it, no part of Assay. */
export class FraudLog {
  readonly #frauds: KnownFraud[] = [];

  add(fraud: KnownFraud): void {
    this.#frauds.push(fraud);
  }

  /** The share of frauds from `fromMs` to before `toMs` that were not approved; all frauds count, reported or not. */
  recall(fromMs: number, toMs: number): MeasuredRecall {
    const frauds = this.#frauds.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const stopped = frauds.filter((fraud) => fraud.stopped).length;
    const byCustomer = [...Map.groupBy(frauds, ({ customerId }) => customerId).values()];
    const interval = clusteredMean(
      {
        values: Float64Array.from(byCustomer, (own) => own.filter((fraud) => fraud.stopped).length),
        weights: Float64Array.from(byCustomer, (own) => own.length),
      },
      { seed: 1, replicates: REPLICATES },
    );
    return {
      recall: frauds.length === 0 ? null : stopped / frauds.length,
      interval:
        interval === null
          ? wilsonInterval(stopped, frauds.length)
          : { lower: Math.max(0, interval.lower), upper: Math.min(1, interval.upper) },
      frauds: frauds.length,
    };
  }
}
