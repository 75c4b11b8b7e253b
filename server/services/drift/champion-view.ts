import { referenceSlice, type WatchedModel } from "./watched-model.ts";

export type ChampionOfDrift = {
  readonly id: string;
  readonly number: number;
  readonly family: string;
  /** what the bins were made from, ISO 8601 UTC, `to` exclusive */
  readonly referenceFrom: string;
  readonly referenceTo: string;
  readonly referenceRows: number;
};

export function championOf(
  version: { readonly id: string; readonly number: number; readonly family: string },
  model: WatchedModel,
): ChampionOfDrift {
  const slice = referenceSlice(model);
  return {
    id: version.id,
    number: version.number,
    family: version.family,
    referenceFrom: new Date(slice.fromMs).toISOString(),
    referenceTo: new Date(slice.toMs).toISOString(),
    referenceRows: slice.rows,
  };
}
