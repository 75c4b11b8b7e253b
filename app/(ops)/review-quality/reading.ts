import { count, percent, plural, score } from "#app/format/number.ts";
import type { LabelSource } from "#server/domain/label.ts";
import type { LabelArrival, LearningView, PersonQuality, ReviewQuality } from "./types.ts";

type Interval = { readonly lower: number; readonly upper: number };

export const sourceWords: Record<LabelSource, string> = {
  chargeback: "chargebacks",
  analyst: "analysts",
  manual: "manual labels",
  issuer_alert: "issuer alerts",
  customer_report: "customer reports",
  import: "imports",
};

/** What the page shows now, in one line. */
export function qualityReading({ everyone, people, agreement }: ReviewQuality): string {
  const [own] = people;
  if (!everyone) return own === undefined ? "No verdict of yours yet" : `Yours alone: ${verdictsWords(own)}`;
  const { result } = agreement;
  const agree =
    result === null
      ? `too few second reviews for kappa, ${count(agreement.answered)} of ${count(agreement.needed)}`
      : `kappa ${kappaWords(result.kappa, result.interval)}`;
  return `${plural(people.length, "person", "people")}, ${agree}`;
}

function verdictsWords({ counts }: PersonQuality): string {
  const overruled = counts.fraudOverruled + counts.legitimateOverruled;
  const judged = overruled + counts.fraudUpheld + counts.legitimateUpheld;
  return `${plural(judged, "verdict")} whose truth is known, ${count(overruled)} overruled`;
}

/** "0.71 (0.58 to 0.84)" */
export function kappaWords(kappa: number | null, interval: Interval | null): string {
  if (kappa === null) return "–";
  return interval === null
    ? score(kappa, 2)
    : `${score(kappa, 2)} (${score(interval.lower, 2)} to ${score(interval.upper, 2)})`;
}

/** What a kappa means, by the lower end of its interval, after Landis and Koch (1977). */
export function agreementWords(interval: Interval | null): string {
  if (interval === null) return "Both always say the same one thing, so chance explains all of it";
  if (interval.lower >= 0.6) return "People agree well beyond chance";
  if (interval.lower >= 0.2) return "People agree beyond chance, with room to talk about cases";
  if (interval.lower > 0) return "People agree a little more than chance would";
  return "It cannot be told whether people agree more than chance would";
}

type Share = PersonQuality["fraudUpheld"];

/** "19 of 20: 95.0 % (76.4 to 99.1)", or how many are known of how many it takes. */
export function shareWords({ hits, of, share, interval }: Share, needed: number): string {
  if (share === null || interval === null) return `not enough data: ${count(of)} of ${count(needed)} known`;
  const ends = `${(interval.lower * 100).toFixed(1)} to ${(interval.upper * 100).toFixed(1)}`;
  return `${percent(share)} (${ends}), ${count(hits)} of ${count(of)}`;
}

/** The finding of the arrival chart: how much of the strongest source is there when labels count as mature. */
export function arrivalReading({ sources, maturityDays }: LabelArrival): string {
  const shown = sources.find((source) => source.source === "chargeback" && source.curve !== null);
  const first = shown ?? sources.find((source) => source.curve !== null);
  if (first === undefined || first.curve === null) return "Too few labels to tell how late they come";
  const { source, curve } = first;
  const at = curve[Math.min(maturityDays, curve.length - 1)];
  const half = curve.find((place) => place.share >= 0.5);
  const days =
    half === undefined ? "" : `Half of ${sourceWords[source]} are there after ${plural(half.days, "day")}, `;
  const there = `${percent(at?.share ?? null, 0)} after the ${count(maturityDays)} days of maturity`;
  return days === "" ? `Of ${sourceWords[source]}, ${there}` : `${days}${there}`;
}

/** The finding of the learning curve: what the next thousand labels would buy. */
export function learningReading({ curve: { fit } }: LearningView): string {
  if (fit === null) return "Too few points to tell what more labels would buy";
  const { gain, interval } = fit.nextThousand;
  const { lower, upper } = interval;
  const range = `${score(lower, 4)} to ${score(upper, 4)}`;
  if (upper < 0.001)
    return `The next 1,000 labels would hardly change average precision: +${score(gain, 4)} (${range})`;
  return `The next 1,000 labels would buy about ${score(gain, 4)} of average precision (${range})`;
}

/** "42 s", "1 min 10 s" */
export function secondsWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
