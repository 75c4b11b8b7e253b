/** What a payment adds to an entity: count, sum, squares (high, low); the ids to count as distinct; the place. */
export type Sighting = {
  atMs: number;
  nowMs: number;
  settledMs: number; // the newest payment that no rollback can undo: what it has left behind is never read again
  readonly values: Float64Array;
  readonly distinctIds: Float64Array; // NaN where there is none
  logAmount: number; // ln(1 + amount)
  latitude: number; // NaN unless both coordinates are known
  longitude: number;
};

/** What a label adds to an entity, and when. */
export type LabelTally = {
  tally: "frauds" | "labels";
  atMs: number;
  recordedAtMs: number;
  settledMs: number;
  readonly values: Float64Array;
};
