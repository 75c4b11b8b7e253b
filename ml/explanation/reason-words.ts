import { type FeatureDefinition, type WindowName, windowMs } from "#ml/features/feature-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";

/** What a reason may say about the payment itself. */
export type ReasonEvent = Pick<PaymentEvent, "amountMinor" | "currency"> &
  Partial<Pick<PaymentEvent, "merchantCategory" | "channel" | "country" | "attributes">>;

/** A feature, its value, the row's other values by name (null where missing), and the payment. */
export type Reason = {
  readonly definition: FeatureDefinition;
  readonly value: number | null;
  readonly values: (name: string) => number | null;
  readonly event: ReasonEvent;
};

export type Sentence = (reason: Reason) => string;

const windowWords: Record<
  WindowName,
  { readonly last: string; readonly per: string; readonly span: string }
> = {
  "10m": { last: "10 minutes", per: "in 10 minutes", span: "10-minute" },
  "1h": { last: "hour", per: "an hour", span: "1-hour" },
  "1d": { last: "day", per: "a day", span: "1-day" },
  "7d": { last: "7 days", per: "in 7 days", span: "7-day" },
  "30d": { last: "30 days", per: "in 30 days", span: "30-day" },
};

export function period({ window, delayDays }: FeatureDefinition): string {
  const last = window === null ? "30 days" : windowWords[window].last;
  return delayDays === undefined ? `in the last ${last}` : `in the ${last} that ended ${delayDays} days ago`;
}

export function per(window: WindowName | null): string {
  return windowWords[window ?? "30d"].per;
}

export function span({ window }: FeatureDefinition): string {
  return windowWords[window ?? "30d"].span;
}

const preposition: Readonly<Record<string, string>> = {
  customer: "by this customer",
  merchant: "at this merchant",
  card: "with this card",
  device: "from this device",
  ip: "from this address",
};

export function by({ entity }: FeatureDefinition): string {
  return preposition[entity] ?? "like this";
}

export function own({ entity }: FeatureDefinition): string {
  return entity === "ip" ? "this address's" : `this ${entity}'s`;
}

export function nothingEarlier(definition: FeatureDefinition): string {
  return `No earlier payment ${by(definition)} ${period(definition)}`;
}

export function unknownEntity({ entity }: FeatureDefinition): string {
  return entity === "ip" ? "No address given" : `No ${entity} given`;
}

/** What the entity does in a window of this length on average over 30 days; null for 30 days itself. */
export function usualPerWindow(
  definition: FeatureDefinition,
  values: Reason["values"],
  aggregate: "count" | "sum",
): number | null {
  const { window, entity } = definition;
  if (window === null || window === "30d") return null;
  const total = values(`${entity}_${aggregate}_30d`);
  return total === null ? null : (total * windowMs[window]) / windowMs["30d"];
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
