import { createLoader, parseAsNumberLiteral } from "nuqs/server";
import { type QualityInput, qualityWindows } from "#server/domain/review-quality.ts";

export const qualityParams = { days: parseAsNumberLiteral(qualityWindows).withDefault(90) };

export const loadQualityParams = createLoader(qualityParams);

/** The same as the API wants it, so that server and browser ask for one and the same query. */
export function qualityInput({ days }: { readonly days: (typeof qualityWindows)[number] }): QualityInput {
  return { days };
}
