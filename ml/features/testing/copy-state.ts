import { StateReader, StateWriter } from "../saved-state.ts";

type Part = { save(out: StateWriter): void; restore(from: StateReader): void };

/** Gives one part of an engine the state of another, and no memory in common with it. */
export function copyState(from: Part, to: Part): void {
  const out = new StateWriter();
  from.save(out);
  to.restore(new StateReader(out.arrays.map((array) => ({ ...array, data: array.data.slice() }))));
}

/** Numbers with fractions that a part keeps, room to grow not included. */
export function keptFloats(part: Pick<Part, "save">): number {
  const out = new StateWriter();
  part.save(out);
  return out.arrays.reduce((total, { kind, length }) => total + (kind === "floats" ? length : 0), 0);
}
