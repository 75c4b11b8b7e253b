export type NeuralNetworkOptions = {
  readonly hidden: readonly number[];
  /** Nets trained from different seeds; the margin is their mean. */
  readonly members: number;
  /** Pieces of the piecewise linear encoding per continuous feature. */
  readonly pieces: number;
  readonly epochs: number;
  /** Epochs without a better validation average precision before stopping; null trains all epochs. */
  readonly patience: number | null;
  /** Legitimate rows per fraud in one epoch, other ones each time; null takes all rows. The bias is corrected. */
  readonly negativesPerPositive: number | null;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Penalty added to the mean loss: l2 times the squared kernels. */
  readonly l2: number;
  /** Share of hidden units silenced at each training step. */
  readonly dropout: number;
};

export const neuralNetworkDefaults: NeuralNetworkOptions = {
  hidden: [32, 16],
  members: 3,
  pieces: 4,
  epochs: 20,
  patience: 3,
  negativesPerPositive: 30,
  batchSize: 512,
  learningRate: 0.005,
  l2: 1e-5,
  dropout: 0,
};
