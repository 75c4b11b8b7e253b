import { type FeatureDefinition, windowMs } from "#ml/features/feature-set.ts";
import { amountSentences } from "./reason-amount.ts";
import { counted, formatAttribute, formatDuration, formatMinor, formatNumber } from "./reason-format.ts";
import { fraudSentences } from "./reason-fraud.ts";
import { paymentSentences } from "./reason-payment.ts";
import {
  by,
  capitalised,
  own,
  per,
  period,
  type Reason,
  type ReasonEvent,
  type Sentence,
  unknownEntity,
  usualPerWindow,
} from "./reason-words.ts";

/**
 * One sentence for a person about one feature of one payment: the fact, and beside it what is normal for this
 * customer, merchant, card, device or address where the row knows it. `values` gives the row's other features by
 * name, null where missing (NaN is read as missing). Never throws on a missing value.
 * @example reasonText(merchantFraudRate7d, row, payment) // "3 of this merchant's last 40 payments were fraud"
 */
export function reasonText(
  definition: FeatureDefinition,
  values: (name: string) => number | null,
  event: ReasonEvent,
): string {
  const known = (name: string): number | null => {
    const value = values(name);
    return value === null || Number.isNaN(value) ? null : value;
  };
  const sentence = sentences[definition.aggregate] ?? plainFact;
  const text = sentence({ definition, value: known(definition.name), values: known, event });
  return text.startsWith("this ") ? `T${text.slice(1)}` : text;
}

const sentences: Readonly<Record<string, Sentence>> = {
  ...paymentSentences,
  count: countSentence,
  sum: ({ definition, value, values, event }) => {
    const fact = `${formatMinor(value ?? 0, event)} ${by(definition)} ${period(definition)}`;
    const usual = usualPerWindow(definition, values, "sum");
    if (value === null) return unknownEntity(definition);
    return usual === null ? fact : `${fact}; usually ${formatMinor(usual, event)} ${per(definition.window)}`;
  },
  ...amountSentences,
  ...fraudSentences,
  seconds_since_last: ({ definition, value, values }) => {
    if (value === null) return `No payment ${by(definition)} in the last 30 days`;
    const fact = `${formatDuration(value)} since ${own(definition)} last payment`;
    const count = values(`${definition.entity}_count_30d`);
    if (count === null || count < 2) return fact;
    return `${fact}; usually one every ${formatDuration(windowMs["30d"] / 1000 / count)}`;
  },
  distinct_cards: ({ definition, value }) =>
    value === null
      ? unknownEntity(definition)
      : `${counted(value, "card")} ${definition.entity === "device" ? "on this device" : by(definition)} ${period(definition)}`,
  distinct_customers: ({ definition, value }) =>
    value === null
      ? unknownEntity(definition)
      : `${counted(value, "customer")} on this ${definition.entity} ${period(definition)}`,
  distinct_merchants: ({ definition, value }) =>
    value === null
      ? unknownEntity(definition)
      : `${counted(value, "merchant")} paid ${by(definition)} ${period(definition)}`,
  distance_from_last: placeSentence,
  speed_from_last: placeSentence,
  seen_before: ({ value }) =>
    value === 1
      ? "This customer paid at this merchant before"
      : "First payment of this customer at this merchant",
  seen_device: ({ value }) => {
    if (value === null) return "No device given";
    return value === 1
      ? "This customer used this device before"
      : "First payment of this customer from this device";
  },
  seen_country: ({ value, event }) => {
    const country = event.country ?? "this country";
    if (value === null) return "No country given";
    return value === 1
      ? `This customer paid in ${country} before`
      : `First payment of this customer in ${country}`;
  },
};

function plainFact({ definition, value }: Reason): string {
  const text = capitalised(definition.text);
  return value === null ? `${text}: not known` : `${text}: ${formatAttribute(value)}`;
}

function countSentence({ definition, value, values }: Reason): string {
  if (value === null) return unknownEntity(definition);
  const fact = `${value === 0 ? "No payment" : counted(value, "payment")} ${by(definition)} ${period(definition)}`;
  const usual = usualPerWindow(definition, values, "count");
  const included = definition.includesCurrent === true ? ", this one included" : "";
  if (usual === null) return `${fact}${included}`;
  // Less than a tenth a window means nothing to a person; the month's count does.
  const normal =
    usual >= 0.1
      ? `usually ${formatNumber(usual)} ${per(definition.window)}`
      : `${formatNumber(values(`${definition.entity}_count_30d`) ?? 0)} in the last 30 days`;
  return `${fact}${included}; ${normal}`;
}

function placeSentence({ definition, values }: Reason): string {
  const distance = values(`${definition.entity}_distance_from_last`);
  const speed = values(`${definition.entity}_speed_from_last`);
  if (distance === null && speed === null) return "No place, or no earlier place to compare with";
  if (distance === null) return `${formatNumber(Math.round(speed ?? 0))} km/h from the last place`;
  if (distance < 1) return "At the place of the last payment";
  const fact = `${formatNumber(Math.round(distance))} km from the last place`;
  return speed === null || speed < 1 ? fact : `${fact} at ${formatNumber(Math.round(speed))} km/h`;
}
