import { fraudPrior } from "#ml/features/feature-readers.ts";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { counted, formatDuration, formatNumber, formatPercent } from "./reason-format.ts";
import { by, nothingEarlier, own, period, type Reason, type Sentence } from "./reason-words.ts";

/** Sentences about what the labels recorded so far say of an entity. */
export const fraudSentences: Readonly<Record<string, Sentence>> = {
  fraud_rate: ({ definition, value, values }) => {
    if (value === null) return nothingEarlier(definition);
    const { delayDays = 0 } = definition;
    const payments = delayDays > 0 ? null : values(`${definition.entity}_count_${definition.window}`);
    if (payments === null) {
      const when = delayDays > 0 ? ` ${period(definition)}` : "";
      return `About ${formatPercent(value)} of ${own(definition)} payments${when} were fraud`;
    }
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
  frauds: ({ definition, value }) =>
    value === null || value === 0
      ? `No known fraud ${by(definition)} ${period(definition)}`
      : `${counted(value, "known fraud")} ${by(definition)} ${period(definition)}`,
  hours_since_first_fraud: (reason) => sinceFraud(reason, "first"),
  hours_since_last_fraud: (reason) => sinceFraud(reason, "last"),
  fraud_run: ({ definition, value, values }) => {
    if (value === null || value === 0) return noRun(definition);
    const hours = values(`${definition.entity}_hours_since_run_start_${definition.window}`);
    const since = hours === null ? "" : `; the first was ${ago(hours)}`;
    const older = `older than ${definition.delayDays ?? 0} days`;
    return value === 1
      ? `${own(definition)} newest payment ${older} was fraud`
      : `${own(definition)} last ${counted(value, "payment")} ${older} were all fraud${since}`;
  },
  hours_since_run_start: ({ definition, value }) =>
    value === null
      ? noRun(definition)
      : `All of ${own(definition)} payments since ${ago(value)} that are old enough to judge were fraud`,
  hours_since_cleared: ({ definition, value }) =>
    value === null
      ? `No payment ${by(definition)} ${period(definition)} that was no fraud`
      : `${own(definition)} newest payment older than ${definition.delayDays ?? 0} days that was no fraud was ${ago(value)}`,
};

function fraudsOf(frauds: number, payments: number, among: string): string {
  if (payments === 1)
    return `${among.replace(/last 1 payments|1 payments/, "only payment")} was ${frauds === 1 ? "" : "not "}fraud`;
  if (frauds <= 0) return `None of ${among} is known as fraud`;
  return `${formatNumber(frauds)} of ${among} ${frauds === 1 ? "was" : "were"} fraud`;
}
function sinceFraud({ definition, value }: Reason, which: "first" | "last"): string {
  if (value === null) return `No known fraud ${by(definition)} ${period(definition)}`;
  return `${own(definition)} ${which} known fraud ${period(definition)} was ${ago(value)}`;
}

function noRun(definition: FeatureDefinition): string {
  const { delayDays = 0 } = definition;
  return `${own(definition)} newest payment older than ${delayDays} days was no fraud`;
}

/** "3 hours ago". */
function ago(hours: number): string {
  return `${formatDuration(hours * 3600)} ago`;
}
