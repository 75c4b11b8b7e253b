import type { Entity, FeatureDefinition, WindowName } from "#ml/features/feature-set.ts";
import { formulas } from "./aggregate-formulas.ts";

/** Whom a feature looks at, as a heading. */
export const entityWords: Record<Entity, string> = {
  transaction: "This payment",
  customer: "Customer",
  card: "Card",
  device: "Device",
  ip: "IP address",
  merchant: "Merchant",
  customer_merchant: "Customer at this merchant",
};

const windowWords: Record<WindowName, string> = {
  "10m": "10 min",
  "1h": "1 h",
  "1d": "1 d",
  "7d": "7 d",
  "30d": "30 d",
};

/** "7 d"; null without a window. */
export function windowText({ window }: FeatureDefinition): string | null {
  return window === null ? null : windowWords[window];
}

/** An aggregate as a person reads it: "seconds since last". */
export function aggregateWords(aggregate: string): string {
  return aggregate.replaceAll("_", " ");
}

export type Formula = {
  /** the aggregate over S, the payments that count */
  readonly formula: string;
  /** what S and the letters stand for */
  readonly where: string;
};

/** The aggregate of a definition as a formula. An aggregate without one of its own is told by its name. */
export function formulaOf(definition: FeatureDefinition): Formula {
  const formula = formulas[definition.aggregate] ?? `${aggregateWords(definition.aggregate)} of S`;
  return { formula, where: definition.entity === "transaction" ? letters : `S: ${paymentsOf(definition)}` };
}

/** Whether the formula is told in symbols rather than by the aggregate's name. */
export function hasFormula(aggregate: string): boolean {
  return Object.hasOwn(formulas, aggregate);
}

const letters = "a: amount of this payment in minor units; t: its time";

const entityIdWords: Record<Entity, string> = {
  transaction: "payment",
  customer: "customer",
  card: "card",
  device: "device",
  ip: "address",
  merchant: "merchant",
  customer_merchant: "customer",
};

function paymentsOf({ entity, window, includesCurrent = false, delayDays = 0 }: FeatureDefinition): string {
  const whose = `payments i of the same ${entityIdWords[entity]}`;
  if (window === null) return `${whose} with tᵢ < t`;
  const length = windowWords[window];
  if (delayDays > 0) return `${whose} with t − ${delayDays} d − ${length} < tᵢ ≤ t − ${delayDays} d`;
  return `${whose} with t − ${length} < tᵢ ${includesCurrent ? "≤ t, this one included" : "< t"}`;
}
