import { fraudPrior } from "#ml/features/feature-readers.ts";
import { formatNumber, formatPercent } from "./reason-format.ts";
import { by, nothingEarlier, own, period, type Sentence } from "./reason-words.ts";

/** Sentences about what the labels recorded so far say of an entity. */
export const fraudSentences: Readonly<Record<string, Sentence>> = {
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
};

function fraudsOf(frauds: number, payments: number, among: string): string {
  if (payments === 1)
    return `${among.replace(/last 1 payments|1 payments/, "only payment")} was ${frauds === 1 ? "" : "not "}fraud`;
  if (frauds <= 0) return `None of ${among} is known as fraud`;
  return `${formatNumber(frauds)} of ${among} ${frauds === 1 ? "was" : "were"} fraud`;
}
