export type NeuralNetworkOptions = {
  readonly hidden: readonly number[];
  /** Nets trained from different seeds; the margin is their mean. */
  readonly members: number;
  /** Pieces of the piecewise linear encoding per continuous feature. */
  readonly pieces: number;
  readonly epochs: number;
  /** Epochs without a better validation average precision before stopping; null trains all epochs. */
  readonly patience: number | null;
  /** Every fraud and other legitimate rows in each epoch, so many together; the bias is corrected for it. */
  readonly rowsPerEpoch: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Penalty added to the mean loss: l2 times the squared kernels. */
  readonly l2: number;
  /** Share of hidden units silenced at each training step. */
  readonly dropout: number;
};

export const neuralNetworkDefaults: NeuralNetworkOptions = {
  hidden: [32, 16],
  members: 2,
  pieces: 4,
  epochs: 12,
  patience: 3,
  rowsPerEpoch: 60_000,
  batchSize: 512,
  learningRate: 0.005,
  l2: 1e-5,
  dropout: 0,
};
