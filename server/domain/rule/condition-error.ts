/** Where in a condition something stands; both count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A condition that cannot be read or does not make sense, with the place and what was expected there. */
export class ConditionError extends Error {
  readonly place: Place;

  constructor(place: Place, message: string) {
    super(message);
    this.name = "ConditionError";
    this.place = place;
  }
}
