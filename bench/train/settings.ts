/** What both sides are told; everything else is switched off (sampling, early stopping) or alike (255 and 256 bins). */
export type Settings = {
  readonly rounds: number;
  readonly learningRate: number;
  readonly maxDepth: number;
  readonly l2: number;
  readonly minChildHessian: number;
  /** Where both sides start: the log-odds of the training prevalence, or even odds (XGBoost's base_score 0.5). */
  readonly startMargin: "prevalence" | "even";
  /** Of our side; XGBoost always has one. */
  readonly threads?: number;
};

/** What one side prints of one fit. */
export type SideResult = {
  readonly fitCpuSeconds: number;
  readonly fitWallSeconds: number;
  readonly scoreMicros: number;
  readonly explainMicros?: number;
  readonly version: string;
};

/** What the ensemble's side prints. */
export type EnsembleResult = {
  readonly trainRows: number;
  readonly frauds: number;
  readonly width: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** runnable processes a core when it ended: over 1, others were on the machine */
  readonly loadPerCore: number;
  readonly selected: string;
  readonly averagePrecision: Readonly<Record<string, number | null>>;
  readonly fitSeconds: Readonly<
    Record<string, { readonly fitSeconds: number; readonly predictSeconds: number }>
  >;
  readonly peakMemoryMb: number;
  readonly node: string;
};
