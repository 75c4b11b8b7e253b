import type { RulePayment } from "./vocabulary.ts";

/** Three-valued logic, as in SQL: what is compared with a missing value is neither true nor false. */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;
export type Truth = typeof FALSE | typeof TRUE | typeof UNKNOWN;

/** Reads something of one payment: its fields, its row of features (NaN where missing), its score (NaN where none). */
export type Read<T> = (payment: RulePayment, features: Float64Array, score: number) => T;
export type Test = Read<Truth>;

export const truthOf = (value: boolean): Truth => (value ? TRUE : FALSE);

/** Not unknown is unknown. */
export function negated(part: Test): Test {
  return (payment, features, score) => {
    const truth = part(payment, features, score);
    return truth === UNKNOWN ? UNKNOWN : truth === TRUE ? FALSE : TRUE;
  };
}

/** False as soon as one part is; else unknown if one is. */
export function conjunction(parts: readonly Test[]): Test {
  return (payment, features, score) => {
    let truth: Truth = TRUE;
    for (let i = 0; i < parts.length; i++) {
      const part = (parts[i] as Test)(payment, features, score);
      if (part === FALSE) return FALSE;
      if (part === UNKNOWN) truth = UNKNOWN;
    }
    return truth;
  };
}

/** True as soon as one part is; else unknown if one is. */
export function disjunction(parts: readonly Test[]): Test {
  return (payment, features, score) => {
    let truth: Truth = FALSE;
    for (let i = 0; i < parts.length; i++) {
      const part = (parts[i] as Test)(payment, features, score);
      if (part === TRUE) return TRUE;
      if (part === UNKNOWN) truth = UNKNOWN;
    }
    return truth;
  };
}
