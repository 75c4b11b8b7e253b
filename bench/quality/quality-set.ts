/** Figures of a table: average precision, ROC AUC, card precision at 100, recall at 1 % false positives. */
export type Published = {
  readonly model: string;
  readonly averagePrecision: number | null;
  readonly rocAuc: number | null;
  readonly cardPrecision100?: number;
  readonly recallAtFpr01?: number;
  /** "book": as published; "ours": computed by us with scikit-learn 1.2 or XGBoost 1.7 on the same rows. */
  readonly source: "book" | "ours";
};

/** What a family, or the one selected by validation, should at least reach. */
export type Goal = {
  readonly family: "selected" | "gradient_boosting" | "neural_network" | "ensemble";
  readonly figure: "averagePrecision" | "rocAuc" | "cardPrecision100";
  readonly atLeast: number;
};

/** One set with its protocol, given as the arguments of `npm run evaluate`. */
export type QualitySet = {
  readonly name: string;
  readonly title: string;
  readonly file: string;
  readonly args: readonly string[];
  /** The same within the training span: for looking at a change without looking at the test. */
  readonly rehearsal: readonly string[];
  /** Rows and frauds that the protocol must give. */
  readonly counts: { readonly train: Counts; readonly test: Counts };
  readonly goals: readonly Goal[];
  readonly published: readonly Published[];
  readonly notes: readonly string[];
};

export type Counts = { readonly rows: number; readonly frauds: number };
