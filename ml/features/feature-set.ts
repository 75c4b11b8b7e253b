import { createHash } from "node:crypto";

export const entities = [
  "transaction",
  "customer",
  "card",
  "device",
  "ip",
  "merchant",
  "customer_merchant",
] as const;
export type Entity = (typeof entities)[number];

/** Window lengths by their name in feature names. */
export const windowMs = {
  "10m": 600_000,
  "1h": 3_600_000,
  "1d": 86_400_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
} as const;
export type WindowName = keyof typeof windowMs;

/** Window lengths as a person reads them behind "in the last". */
export const windowText: Record<WindowName, string> = {
  "10m": "10 minutes",
  "1h": "hour",
  "1d": "day",
  "7d": "7 days",
  "30d": "30 days",
};

/** One feature: what it measures, over whom, over how long, and how a person says it. */
export type FeatureDefinition = {
  readonly name: string;
  readonly entity: Entity;
  readonly aggregate: string; // the engine's vocabulary, e.g. count, sum, mean, fraud_rate, seconds_since_last
  readonly window: WindowName | null;
  readonly attribute?: string; // for aggregate "attribute": the declared attribute's name
  readonly includesCurrent?: boolean; // whether the payment being scored counts itself; false when left out
  readonly delayDays?: number; // the window ends this many days before the payment; 0 when left out
  readonly unit:
    | "count"
    | "minor"
    | "ratio"
    | "seconds"
    | "hours"
    | "days"
    | "km"
    | "km_per_hour"
    | "flag"
    | "category" // the code of a text (category-code.ts): equal texts are equal numbers, and nothing else is meant
    | "number";
  readonly text: string; // short name for a person: "payments of this customer in the last hour"
};

/** An ordered, versioned list of features. `version` is a hash of the definitions, so equal lists are equal sets. */
export type FeatureSet = {
  readonly name: string;
  readonly version: string;
  readonly definitions: readonly FeatureDefinition[];
  readonly resolutionMs?: WindowResolution; // left edges fall on multiples of these; the engine's default when left out
};

/** Tile length of each window in milliseconds; every length divides its window. */
export type WindowResolution = Readonly<Record<WindowName, number>>;

/** At one second windows over whole-second times are exact; state then holds a tile per second with a payment. */
export const exactResolution: WindowResolution = {
  "10m": 1000,
  "1h": 1000,
  "1d": 1000,
  "7d": 1000,
  "30d": 1000,
};

/**
 * The default: at most 60 tiles for 10 minutes, 60 for the hour and 720 for the three long windows together,
 * so the left edge of a window is late by under a tile (10 s, 1 min, 1 h).
 */
export const defaultResolution: WindowResolution = {
  "10m": 10_000,
  "1h": 60_000,
  "1d": 3_600_000,
  "7d": 3_600_000,
  "30d": 3_600_000,
};

/**
 * Names a list of definitions and hashes it: `<name>@<first 12 hex digits of SHA-256 over the definitions>`.
 * @throws RangeError when two definitions share a name.
 */
export function defineFeatureSet(
  name: string,
  definitions: readonly FeatureDefinition[],
  resolutionMs: WindowResolution = defaultResolution,
): FeatureSet {
  const seen = new Set<string>();
  for (const definition of definitions) {
    if (seen.has(definition.name)) throw new RangeError(`feature ${definition.name} is declared twice`);
    seen.add(definition.name);
  }
  const canonical = JSON.stringify(
    definitions.map((d) => [
      d.name,
      d.entity,
      d.aggregate,
      d.window,
      d.attribute ?? null,
      d.unit,
      d.includesCurrent ?? false,
      d.delayDays ?? 0,
    ]),
  );
  const resolution = JSON.stringify(Object.keys(windowMs).map((w) => resolutionMs[w as WindowName]));
  const digest = createHash("sha256").update(canonical).update(resolution).digest("hex").slice(0, 12);
  return { name, version: `${name}@${digest}`, definitions, resolutionMs };
}
