export type NeuralNetworkOptions = {
  /** Units of each hidden layer, the first next to the inputs. */
  readonly hidden: readonly number[];
  /** Nets trained from different seeds, 1 to 8; the margin is their mean. */
  readonly members: number;
  /** Pieces of the piecewise linear encoding per continuous feature. */
  readonly pieces: number;
  /** Length of the learning rate's way from `learningRate` down to 0 along a half cosine (Loshchilov and Hutter 2017). */
  readonly epochs: number;
  /** Ends training after so many of the `epochs`, wherever the learning rate then is; null trains all. */
  readonly stopAfter: number | null;
  /** Epochs without a better validation average precision before stopping; null trains to the end. */
  readonly patience: number | null;
  /** Every fraud and other legitimate rows in each epoch, so many together; the bias is corrected for it. */
  readonly rowsPerEpoch: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Penalty added to the mean loss: l2 times the squared kernels. */
  readonly l2: number;
  /** Share of hidden units silenced at each training step. */
  readonly dropout: number;
  /** Normalises each hidden layer's sums over the batch (Ioffe and Szegedy 2015); folded into the kernels for serving. */
  readonly batchNorm: boolean;
  /** Adds a linear model of the inputs to the margin. */
  readonly skip: boolean;
  readonly loss: "logistic" | "focal";
  /** Exponent of the focal loss (Lin et al. 2017); plays no part in the logistic one. */
  readonly focalGamma: number;
};

/**
 * Penalty and encoding compared on four earlier weeks of the Handbook and on folds of the first 70 % of ULB, one seed each;
 * quantile ranks as inputs beside the pieces gained nothing. Layers, dropout, batchNorm, skip and loss are not compared.
 */
export const neuralNetworkDefaults: NeuralNetworkOptions = {
  hidden: [32, 16],
  members: 4,
  pieces: 4,
  epochs: 15,
  stopAfter: null,
  patience: 6,
  rowsPerEpoch: 60_000,
  batchSize: 1024,
  learningRate: 0.01,
  l2: 1e-4,
  dropout: 0,
  batchNorm: false,
  skip: false,
  loss: "logistic",
  focalGamma: 1,
};

/** @throws RangeError that names the first option out of its range. */
export function checkOptions(options: NeuralNetworkOptions): void {
  const whole = (value: number, from: number, to: number): boolean =>
    Number.isInteger(value) && value >= from && value <= to;
  const finite = (value: number, from: number): boolean => value >= from && value < Number.POSITIVE_INFINITY;
  const valid: Record<keyof NeuralNetworkOptions, boolean> = {
    hidden: options.hidden.length <= 8 && options.hidden.every((units) => whole(units, 1, 4096)),
    members: whole(options.members, 1, 8),
    pieces: whole(options.pieces, 0, 256),
    epochs: whole(options.epochs, 1, 10_000),
    stopAfter: options.stopAfter === null || whole(options.stopAfter, 1, options.epochs),
    patience: options.patience === null || whole(options.patience, 1, 10_000),
    rowsPerEpoch: whole(options.rowsPerEpoch, 1, 2 ** 31),
    batchSize: whole(options.batchSize, 1, 1 << 20),
    learningRate: options.learningRate > 0 && finite(options.learningRate, 0),
    l2: finite(options.l2, 0),
    dropout: options.dropout >= 0 && options.dropout < 1,
    batchNorm: typeof options.batchNorm === "boolean",
    skip: typeof options.skip === "boolean",
    loss: options.loss === "logistic" || options.loss === "focal",
    focalGamma: finite(options.focalGamma, 0),
  };
  for (const [name, isValid] of Object.entries(valid)) {
    if (!isValid) throw new RangeError(`neural network: option ${name} is out of its range`);
  }
}
