import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type WindowParams, windowInput, windowParams } from "../performance/search-params.ts";

export const costsTabs = ["thresholds", "simulator", "models", "segments"] as const;
export type CostsTab = (typeof costsTabs)[number];

/** `currency` null: the window's most frequent one. */
export const costsParams = {
  ...windowParams,
  currency: parseAsString,
  tab: parseAsStringLiteral(costsTabs).withDefault("thresholds"),
};
export const loadCostsParams = createLoader(costsParams);

/** The same as the API wants it. */
export function costsInput(params: WindowParams & { readonly currency: string | null }) {
  return { ...windowInput(params), currency: params.currency };
}
