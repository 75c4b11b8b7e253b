import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { explorationWeights, type WeightSummary } from "#ml/training/exploration-weights.ts";
import type { RowLabel } from "./effective-labels.ts";

/** What was done with a payment, as far as it tells what is known of it. */
type Served = { readonly isDeclined?: boolean; readonly knownChance?: number };

/** Fills the columns of a dataset whose number of rows is known beforehand. */
export class DatasetBuilder {
  /** The matrix; the next row's values belong at `offset`. */
  readonly features: Float64Array;
  readonly #featureSet: FeatureSet;
  readonly #width: number;
  readonly #capacity: number;
  readonly #labels: Int8Array;
  readonly #occurredAtMs: Float64Array;
  readonly #labelRecordedAtMs: Float64Array;
  readonly #undisputable: Uint8Array;
  readonly #knownChance: Float64Array;
  readonly #amountMinor: Float64Array;
  readonly #customerIds: string[] = [];
  readonly #cardIds: string[] = [];
  readonly #transactionIds: string[] = [];

  constructor(featureSet: FeatureSet, rows: number) {
    this.#featureSet = featureSet;
    this.#width = featureSet.definitions.length;
    this.#capacity = rows;
    this.features = new Float64Array(rows * this.#width);
    this.#labels = new Int8Array(rows).fill(-1);
    this.#occurredAtMs = new Float64Array(rows);
    this.#labelRecordedAtMs = new Float64Array(rows).fill(Number.NaN);
    this.#undisputable = new Uint8Array(rows);
    this.#knownChance = new Float64Array(rows).fill(1);
    this.#amountMinor = new Float64Array(rows);
  }

  get offset(): number {
    return this.#transactionIds.length * this.#width;
  }

  /**
   * Adds the row whose values were written at `offset`; `isDeclined` when it was stopped, so that no dispute can come,
   * and `knownChance` where exploration alone let its outcome be known.
   * @throws RangeError when full
   */
  add(
    event: PaymentEvent,
    label: Pick<RowLabel, "fraud" | "recordedAtMs"> | null,
    { isDeclined = false, knownChance = 1 }: Served = {},
  ): void {
    const row = this.#transactionIds.length;
    if (row >= this.#capacity) throw new RangeError(`more than the ${this.#capacity} payments counted`);
    this.#occurredAtMs[row] = event.occurredAtMs;
    this.#amountMinor[row] = event.amountMinor;
    this.#undisputable[row] = Number(isDeclined);
    this.#knownChance[row] = knownChance;
    if (label !== null) {
      this.#labels[row] = label.fraud ? 1 : 0;
      this.#labelRecordedAtMs[row] = label.recordedAtMs;
    }
    this.#transactionIds.push(event.id);
    this.#customerIds.push(event.customerId);
    this.#cardIds.push(event.cardToken ?? event.customerId);
  }

  /** Bytes of the row added last. */
  lastRow(): Uint8Array {
    const at = this.features.byteOffset + (this.#transactionIds.length - 1) * this.#width * 8;
    return new Uint8Array(this.features.buffer, at, this.#width * 8);
  }

  /** Puts served values in place of those of the row added last; other lengths are left alone. */
  replaceFeatures(served: Uint8Array): void {
    const bytes = this.lastRow();
    if (served.length === bytes.length) bytes.set(served);
  }

  build(): { readonly dataset: Dataset; readonly weighting: WeightSummary } {
    const { weights, summary } = explorationWeights(
      this.#knownChance.subarray(0, this.#transactionIds.length),
      (row) => this.#labels[row] !== -1 || this.#undisputable[row] === 0,
    );
    return { dataset: { ...this.#columns(), ...(weights === null ? {} : { weights }) }, weighting: summary };
  }

  #columns(): Dataset {
    return {
      featureSet: this.#featureSet,
      width: this.#width,
      rows: this.#transactionIds.length,
      features: this.features,
      labels: this.#labels,
      occurredAtMs: this.#occurredAtMs,
      labelRecordedAtMs: this.#labelRecordedAtMs,
      undisputable: this.#undisputable,
      amountMinor: this.#amountMinor,
      customerIds: this.#customerIds,
      cardIds: this.#cardIds,
      transactionIds: this.#transactionIds,
    };
  }
}
