import type { Place } from "./condition-error.ts";

export const comparisons = ["=", "!=", "<", "<=", ">", ">="] as const;
export type Comparison = (typeof comparisons)[number];

/** What a comparison compares. Money is written in major units (500.00 EUR) and kept in minor ones. */
export type Operand = { readonly place: Place } & (
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "feature"; readonly name: string }
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "money"; readonly minor: number; readonly currency: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "flag"; readonly value: boolean }
);

/** A condition as written, before names and types are looked at. */
export type Condition = { readonly place: Place } & (
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition }
  | {
      readonly kind: "compare";
      readonly comparison: Comparison;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly kind: "in";
      readonly value: Operand;
      readonly choices: readonly Operand[];
      readonly negated: boolean;
    }
  | { readonly kind: "missing"; readonly value: Operand; readonly negated: boolean }
  | { readonly kind: "holds"; readonly value: Operand }
);
