import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import type { MappedRow } from "#server/services/import/index.ts";

/** A dataset whose number of rows is not known beforehand. */
export class GrowingDataset {
  readonly #featureSet: FeatureSet;
  readonly #width: number;
  #features: Float64Array;
  readonly #rows: MappedRow[] = [];

  constructor(featureSet: FeatureSet, expectedRows = 10_000) {
    this.#featureSet = featureSet;
    this.#width = featureSet.definitions.length;
    this.#features = new Float64Array(expectedRows * this.#width);
  }

  /** Copies the features. */
  add(row: MappedRow, features: Float64Array): void {
    const at = this.#rows.length * this.#width;
    if (at + this.#width > this.#features.length) {
      const grown = new Float64Array(Math.max(this.#features.length * 2, at + this.#width));
      grown.set(this.#features);
      this.#features = grown;
    }
    this.#features.set(features, at);
    this.#rows.push(row);
  }

  /** Every row is labelled, and the label known `labelDelayMs` after the payment. */
  build(labelDelayMs: number): Dataset {
    const rows = this.#rows;
    const payments = rows.map((row) => row.payment);
    return {
      featureSet: this.#featureSet,
      width: this.#width,
      rows: rows.length,
      features: this.#features.subarray(0, rows.length * this.#width),
      labels: Int8Array.from(rows, (row) => (row.fraud === true ? 1 : 0)),
      occurredAtMs: Float64Array.from(payments, (payment) => payment.occurredAtMs),
      labelRecordedAtMs: Float64Array.from(payments, (payment) => payment.occurredAtMs + labelDelayMs),
      amountMinor: Float64Array.from(payments, (payment) => payment.amountMinor),
      customerIds: payments.map((payment) => payment.customerId),
      cardIds: payments.map((payment) => payment.cardToken ?? payment.customerId),
      transactionIds: payments.map((payment) => payment.id),
    };
  }
}
