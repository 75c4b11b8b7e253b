import { fraudPrior } from "#ml/features/feature-readers.ts";
import { type FeatureDefinition, type WindowName, windowMs } from "#ml/features/feature-set.ts";
import {
  counted,
  formatAttribute,
  formatClock,
  formatDuration,
  formatMajor,
  formatMinor,
  formatNumber,
  formatPercent,
  weekdayName,
} from "./reason-format.ts";

/** What a reason may say about the payment itself. */
export type ReasonEvent = {
  readonly amountMinor: number;
  readonly currency: string;
  readonly country?: string | null;
};

type Reason = {
  readonly definition: FeatureDefinition;
  readonly value: number | null;
  readonly values: (name: string) => number | null;
  readonly event: ReasonEvent;
};

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

type Sentence = (reason: Reason) => string;

const sentences: Readonly<Record<string, Sentence>> = {
  amount: ({ values, event }) => {
    const mean = values("customer_mean_30d");
    const money = formatMinor(event.amountMinor, event);
    return mean === null
      ? `${money} here`
      : `${money} here; this customer's 30-day mean is ${formatMinor(mean, event)}`;
  },
  amount_major: ({ event }) => `${formatMinor(event.amountMinor, event)} here`,
  hour: ({ value }) => (value === null ? "Time of day unknown" : `Paid at ${formatClock(value)} UTC`),
  weekday: ({ value }) => (value === null ? "Weekday unknown" : `Paid on a ${weekdayName(value)}`),
  weekend: ({ value }) => (value === 1 ? "Paid on a weekend" : "Paid on a working day, Monday to Friday"),
  night: ({ value }) =>
    value === 1 ? "Paid at night, before 07:00 UTC" : "Paid in the daytime, after 07:00 UTC",
  channel: ({ definition, value }) => {
    const channel = (definition.attribute ?? definition.text).replaceAll("_", " ");
    if (value === null) return `Not known whether this was ${channel}`;
    return value === 1 ? `Paid by ${channel}` : `Not paid by ${channel}`;
  },
  attribute: ({ definition, value }) => {
    const name = definition.attribute ?? definition.name;
    return value === null ? `${name} is missing` : `${name} is ${formatAttribute(value)}`;
  },
  count: countSentence,
  sum: ({ definition, value, values, event }) => {
    const fact = `${formatMinor(value ?? 0, event)} ${by(definition)} ${period(definition)}`;
    const usual = usualPerWindow(definition, values, "sum");
    if (value === null) return unknownEntity(definition);
    return usual === null ? fact : `${fact}; usually ${formatMinor(usual, event)} ${per(definition.window)}`;
  },
  mean: (reason) => meanSentence(reason, formatMinor),
  mean_major: (reason) => meanSentence(reason, formatMajor),
  std: ({ definition, value, event }) =>
    value === null
      ? nothingEarlier(definition)
      : `${own(definition)} amounts vary by ${formatMinor(value, event)}`,
  amount_to_mean: ({ definition, value, event }) => {
    if (value === null) return nothingEarlier(definition);
    const here = `${formatMinor(event.amountMinor, event)} here`;
    if (value === 0) return `${here}, where ${own(definition)} payments are usually larger`;
    return `${here}; ${own(definition)} ${span(definition)} mean is ${formatMinor(event.amountMinor / value, event)}`;
  },
  amount_deviation: ({ definition, value, values, event }) => {
    if (value === null) return `Too few earlier payments ${by(definition)} to compare the amount with`;
    const mean = values(`${definition.entity}_mean_${definition.window}`);
    const side = value < 0 ? "below" : "above";
    const fact = `${formatMinor(event.amountMinor, event)} here, ${formatNumber(Math.abs(value))} standard deviations`;
    const normal = `${own(definition)} ${span(definition)} mean`;
    return `${fact} ${side} ${normal}${mean === null ? "" : ` of ${formatMinor(mean, event)}`}`;
  },
  fraud_rate: ({ definition, value, values }) => {
    if (value === null) return nothingEarlier(definition);
    const payments = values(`${definition.entity}_count_${definition.window}`);
    if (payments === null) return `About ${formatPercent(value)} of ${own(definition)} payments were fraud`;
    const frauds = Math.round(value * (payments + fraudPrior.weight) - fraudPrior.rate * fraudPrior.weight);
    return fraudsOf(frauds, payments, `${own(definition)} last ${formatNumber(payments)} payments`);
  },
  fraud_share: ({ definition, value, values }) => {
    const payments = values(definition.name.replace("_RISK_", "_NB_TX_"));
    if (value === null || payments === null || payments === 0)
      return `No payment ${by(definition)} ${period(definition)}`;
    const among = `${own(definition)} ${formatNumber(payments)} payments ${period(definition)}`;
    return fraudsOf(Math.round(value * payments), payments, among);
  },
  labelled_fraud_rate: ({ definition, value }) =>
    value === null
      ? `No label on a payment ${by(definition)} ${period(definition)}`
      : `About ${formatPercent(value)} of ${own(definition)} payments labelled ${period(definition)} were fraud`,
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
      : `${counted(value, "card")} on this device ${period(definition)}`,
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
  const text = definition.text.charAt(0).toUpperCase() + definition.text.slice(1);
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

function meanSentence({ definition, value, event }: Reason, format: typeof formatMinor): string {
  if (value === null) return nothingEarlier(definition);
  const here = formatMinor(event.amountMinor, event);
  return `${here} here; ${own(definition)} ${span(definition)} mean is ${format(value, event)}`;
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

function fraudsOf(frauds: number, payments: number, among: string): string {
  if (payments === 1)
    return `${among.replace(/last 1 payments|1 payments/, "only payment")} was ${frauds === 1 ? "" : "not "}fraud`;
  if (frauds <= 0) return `None of ${among} is known as fraud`;
  return `${formatNumber(frauds)} of ${among} ${frauds === 1 ? "was" : "were"} fraud`;
}

/** What the entity does in a window of this length on average over 30 days; null for 30 days itself. */
function usualPerWindow(
  definition: FeatureDefinition,
  values: Reason["values"],
  aggregate: "count" | "sum",
): number | null {
  const { window, entity } = definition;
  if (window === null || window === "30d") return null;
  const total = values(`${entity}_${aggregate}_30d`);
  return total === null ? null : (total * windowMs[window]) / windowMs["30d"];
}

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

function period({ window, delayDays }: FeatureDefinition): string {
  const last = window === null ? "30 days" : windowWords[window].last;
  return delayDays === undefined ? `in the last ${last}` : `in the ${last} that ended ${delayDays} days ago`;
}

function per(window: WindowName | null): string {
  return windowWords[window ?? "30d"].per;
}

function span({ window }: FeatureDefinition): string {
  return windowWords[window ?? "30d"].span;
}

const preposition: Readonly<Record<string, string>> = {
  customer: "by this customer",
  merchant: "at this merchant",
  card: "with this card",
  device: "from this device",
  ip: "from this address",
};

function by({ entity }: FeatureDefinition): string {
  return preposition[entity] ?? "like this";
}

function own({ entity }: FeatureDefinition): string {
  return entity === "ip" ? "this address's" : `this ${entity}'s`;
}

function nothingEarlier(definition: FeatureDefinition): string {
  return `No earlier payment ${by(definition)} ${period(definition)}`;
}

function unknownEntity({ entity }: FeatureDefinition): string {
  return entity === "ip" ? "No address given" : `No ${entity} given`;
}
