import {
  createLoader,
  parseAsFloat,
  parseAsInteger,
  parseAsIsoDate,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { labelBases, windowPresets } from "#server/domain/analysis-window.ts";

/** Which payments are looked at, as the URL says it; the same on every page of analysis. */
export const windowParams = {
  window: parseAsStringLiteral(windowPresets).withDefault("matured"),
  from: parseAsIsoDate,
  to: parseAsIsoDate,
  basis: parseAsStringLiteral(labelBases).withDefault("mature"),
  version: parseAsString.withDefault("auto"),
};

export const performanceTabs = ["curves", "over-time", "segments", "calibration", "models"] as const;
export type PerformanceTab = (typeof performanceTabs)[number];

/** `threshold` null: where the policy stands. */
export const performanceParams = {
  ...windowParams,
  threshold: parseAsFloat,
  tab: parseAsStringLiteral(performanceTabs).withDefault("curves"),
};

/** How the curves' tab is drawn; `checks` null: as many cards a day as the policy's analysts work. */
export const curveParams = {
  scale: parseAsStringLiteral(["log", "linear"]).withDefault("log"),
  checks: parseAsInteger,
};

export const loadPerformanceParams = createLoader(performanceParams);

export type WindowParams = {
  readonly window: (typeof windowPresets)[number];
  readonly from: Date | null;
  readonly to: Date | null;
  readonly basis: (typeof labelBases)[number];
  readonly version: string;
};

/** The same as the API wants it, so that server and browser ask for one and the same query. */
export function windowInput(params: WindowParams) {
  const isCustom = params.window === "custom" && params.from !== null && params.to !== null;
  return {
    preset: params.window === "custom" && !isCustom ? ("matured" as const) : params.window,
    from: isCustom ? isoDate(params.from) : null,
    to: isCustom ? isoDate(params.to) : null,
    basis: params.basis,
    version: params.version,
  };
}

export function isoDate(day: Date | null): string | null {
  return day === null ? null : day.toISOString().slice(0, 10);
}
