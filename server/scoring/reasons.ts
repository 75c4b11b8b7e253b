import { reasonText } from "#ml/explanation/reason-text.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { Scorer } from "#ml/models/scorer.ts";
import type { Reason } from "#server/domain/transaction.ts";

const TOP_REASONS = 3;

/** The three features that raise a payment's score most, in words; fewer when fewer raise it. */
export function reasonsOf(
  { event, features }: { readonly event: PaymentEvent; readonly features: Float64Array },
  scorer: Scorer,
  places: ReadonlyMap<string, number>,
): Reason[] {
  const { definitions } = scorer.featureSet;
  const valueNamed = (name: string): number | null => {
    const value = features[places.get(name) ?? -1];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  return scorer.explainTop(features, TOP_REASONS).flatMap(({ feature, contribution, place }) => {
    const definition = definitions[place];
    if (definition === undefined) return [];
    return [{ code: feature, text: reasonText(definition, valueNamed, event), contribution }];
  });
}
