import { createLoader, parseAsString } from "nuqs/server";
import { type WindowParams, windowInput, windowParams } from "../performance/search-params.ts";

/** `currency` null: the window's most frequent one. */
export const costsParams = { ...windowParams, currency: parseAsString };
export const loadCostsParams = createLoader(costsParams);

/** The same as the API wants it. */
export function costsInput(params: WindowParams & { readonly currency: string | null }) {
  return { ...windowInput(params), currency: params.currency };
}
