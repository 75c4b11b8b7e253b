import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import type { LeakFinding, LeakSubject } from "./leak-finding.ts";

/** A dispute takes days: a fraud label this soon after its payment was copied from it. */
const AT_ONCE_MS = 60_000;
const SHARE_AT_ONCE = 0.05;

/** Labels recorded before their payment, without a time, or at once where features read them. O(rows). */
export function labelTimeLeaks({
  featureSet,
  labels,
  occurredAtMs,
  labelRecordedAtMs,
}: LeakSubject): LeakFinding[] {
  const counts = { labelled: 0, frauds: 0, before: 0, timeless: 0, atOnce: 0 };
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label !== 0 && label !== 1) continue;
    counts.labelled++;
    const delay = (labelRecordedAtMs[row] as number) - (occurredAtMs[row] as number);
    if (Number.isNaN(delay)) counts.timeless++;
    else if (delay < 0) counts.before++;
    if (label === 0) continue;
    counts.frauds++;
    if (delay >= 0 && delay < AT_ONCE_MS) counts.atOnce++;
  }
  const about = (code: LeakFinding["code"], count: number, text: (count: number) => string): LeakFinding[] =>
    count === 0 ? [] : [{ code, feature: null, statistic: count / counts.labelled, text: text(count) }];
  const share = counts.frauds === 0 ? 0 : counts.atOnce / counts.frauds;
  return [
    ...about(
      "label_before_payment",
      counts.before,
      (count) =>
        `Labels recorded before the payment they judge: ${count}. Check the time zone and the column of the label's time.`,
    ),
    ...about(
      "label_without_time",
      counts.timeless,
      (count) =>
        `Labels without a time of recording: ${count}. Nothing keeps them from being read too early; import when each became known.`,
    ),
    ...(share < SHARE_AT_ONCE ? [] : featureSet.definitions.filter(readsLabelsAtOnce).map(atOnce(share))),
  ];
}

function readsLabelsAtOnce({ aggregate, delayDays = 0 }: FeatureDefinition): boolean {
  return /fraud|label|risk/.test(aggregate) && delayDays === 0;
}

const atOnce =
  (share: number) =>
  ({ name }: FeatureDefinition): LeakFinding => ({
    code: "label_at_once",
    feature: name,
    statistic: share,
    text: `${name} is computed from labels, and ${(100 * share).toFixed(0)} % of fraud labels were recorded within a minute of the payment. Import the time each label became known, or give the feature a delay.`,
  });
