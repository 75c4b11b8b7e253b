import {
  counted,
  formatDuration,
  formatMajor,
  formatMinor,
  formatNumber,
  formatPercent,
} from "./reason-format.ts";
import { by, nothingEarlier, own, period, type Reason, type Sentence, span } from "./reason-words.ts";

/** Sentences about the amount, and the time of paying, against what the entity usually does. */
export const amountSentences: Readonly<Record<string, Sentence>> = {
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
  max: ({ definition, value, event }) =>
    value === null
      ? nothingEarlier(definition)
      : `${formatMinor(event.amountMinor, event)} here; ${own(definition)} largest ${period(definition)} is ${formatMinor(value, event)}`,
  amount_to_max: ({ definition, value, event }) => {
    if (value === null) return nothingEarlier(definition);
    const here = `${formatMinor(event.amountMinor, event)} here`;
    if (value === 0) return `${here}, where ${own(definition)} payments are usually larger`;
    return `${here}; ${own(definition)} largest ${period(definition)} is ${formatMinor(event.amountMinor / value, event)}`;
  },
  amount_log_deviation: ({ definition, value, values, event }) => {
    if (value === null) return `Too few earlier payments ${by(definition)} to compare the amount with`;
    const side = value < 0 ? "below" : "above";
    const fact = `${formatMinor(event.amountMinor, event)} here, ${formatNumber(Math.abs(value))} standard deviations`;
    const ratio = values(`${definition.entity}_amount_to_usual`);
    return `${fact} ${side} what is usual for this ${definition.entity}${usualAmount(ratio, event)}`;
  },
  amount_to_usual: ({ definition, value, event }) =>
    value === null
      ? nothingEarlier(definition)
      : `${formatMinor(event.amountMinor, event)} here${usualAmount(value, event) || `, far below what is usual for this ${definition.entity}`}`,
  big_payments: ({ definition, value }) =>
    value === null || value === 0
      ? `No payment ${by(definition)} ${period(definition)} was over 3 times its usual`
      : `${counted(value, "payment")} ${by(definition)} ${period(definition)} over 3 times its usual`,
  big_share: ({ definition, value }) =>
    value === null
      ? nothingEarlier(definition)
      : `${formatPercent(value)} of ${own(definition)} payments ${period(definition)} were over 3 times its usual`,
  hours_since_big_payment: ({ definition, value }) =>
    value === null
      ? `No payment ${by(definition)} ${period(definition)} was over 3 times its usual`
      : `${own(definition)} last payment of over 3 times its usual was ${formatDuration(value * 3600)} ago`,
  hour_habit: (reason) => habitSentence(reason, "around this time of day"),
  weekday_habit: (reason) => habitSentence(reason, "on this weekday"),
};

/** The share is drawn to an even one, so that of few payments it is about right only. */
function habitSentence({ definition, value }: Reason, when: string): string {
  if (value === null) return `No earlier payment ${by(definition)} to compare the time with`;
  return `About ${formatPercent(value)} of ${own(definition)} earlier payments were ${when}`;
}

function usualAmount(ratio: number | null, event: Reason["event"]): string {
  if (ratio === null || ratio <= 0) return "";
  const usual = Math.max(0, (1 + event.amountMinor) / ratio - 1);
  return `; the usual amount is ${formatMinor(Math.round(usual), event)}`;
}

function meanSentence({ definition, value, event }: Reason, format: typeof formatMinor): string {
  if (value === null) return nothingEarlier(definition);
  const here = formatMinor(event.amountMinor, event);
  return `${here} here; ${own(definition)} ${span(definition)} mean is ${format(value, event)}`;
}
