import { count, percent } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import type { Tone } from "#app/ui/badge.tsx";
import type { TestRow } from "../test-results.tsx";
import type { Agreement, Report, VersionDetail } from "../types.ts";
import { capitalised, familyWords, withInterval } from "../words.ts";

type Facts = VersionDetail["facts"];
export type Candidate = Facts["candidates"][number];

/** What the page shows now, in one line. */
export function versionReading(version: VersionDetail): string {
  const { report, promotedAt, status } = version;
  const since =
    status === "champion" && promotedAt !== null
      ? `Decides since ${day(promotedAt)}`
      : `Made ${day(version.createdAt)}`;
  const test = report?.families[report.selected]?.test;
  if (report === null || test === undefined) return `${since}; how it did on test days is not known`;
  const precision = withInterval(test.averagePrecision, test.averagePrecisionInterval);
  return `${since}; average precision ${precision} on test, recall ${percent(test.recallAtFpr01)} at 1 % of good payments alerted`;
}

/** How far a version that scores, or scored, in shadow agrees with what served. */
export function agreementReading(agreement: Agreement, isRunning: boolean): string {
  const { decisions, compared, same, failed } = agreement;
  if (decisions === 0) {
    return isRunning
      ? "Scores in shadow from now on; nothing was scored yet"
      : "Scoring in shadow shows how it would decide live payments; it decides nothing";
  }
  const scored = `${isRunning ? "Scores" : "Scored"} in shadow: ${count(decisions)} payments`;
  const alike =
    compared === 0
      ? ""
      : `; ${percent(same / compared, 2)} of ${count(compared)} that both scored with the champion's outcome under the policy of then`;
  return `${scored}${alike}${failed === 0 ? "" : `; ${count(failed)} it could not score`}`;
}

/** Why a version cannot score beside the champion; null where it can. */
export function otherFeatures(
  version: Pick<VersionDetail, "number" | "featureSetVersion">,
  champion: { readonly number: number; readonly featureSetVersion: string } | null,
): string | null {
  if (champion === null || champion.featureSetVersion === version.featureSetVersion) return null;
  return `Version ${version.number} reads the features ${version.featureSetVersion}, the champion (version ${champion.number}) ${champion.featureSetVersion}. A scoring server keeps the features of one set, so this version can neither score in shadow nor be a canary; it can be promoted, and takes over once its features are rebuilt from the log.`;
}

/** How many disagreements people see. */
export function reviewedReading(share: number): string {
  if (share === 0) return "Disagreements are only counted; none is sent to review for it.";
  return `${percent(share)} of payments on which the two disagree are drawn for review, without either score.`;
}

/** The families of the run, the best on test first, and the champion of that day after them. */
export function testRows(report: Report): TestRow[] {
  const families = Object.values(report.families).map((family) => ({
    key: family.family,
    name: capitalised(familyWords(family.family)),
    what: `${family.family === report.selected ? "chosen on validation, " : ""}fitted in ${family.fitSeconds.toFixed(1)} s, ${family.calibrator} calibration`,
    test: family.test,
  }));
  const byPrecision = (a: TestRow, b: TestRow): number =>
    (b.test.averagePrecision ?? -1) - (a.test.averagePrecision ?? -1);
  const rows = families.sort(byPrecision);
  const rival = report.champion;
  if (rival === null) return rows;
  const champion = {
    key: "champion",
    name: `Version ${rival.number}`,
    what: "champion when this was trained, same payments",
    test: rival.comparison.champion,
  };
  return [...rows, champion];
}

type Look = { readonly label: string; readonly tone: Tone; readonly shape: string };

export function candidateState({ chosen, dropped }: Candidate): Look {
  if (chosen) return { label: "its family's best", tone: "accent", shape: "●" };
  if (dropped) return { label: "left early", tone: "neutral", shape: "✕" };
  return { label: "not taken", tone: "neutral", shape: "○" };
}

/** "0.61, 0.58, –": one figure a fold; nothing where the mean is all there is. */
export function foldWords({ foldAveragePrecision }: Candidate): string {
  if (foldAveragePrecision.length < 2) return "–";
  return foldAveragePrecision.map((each) => each?.toFixed(3) ?? "–").join(", ");
}

/** How the choice fell, with the runner-up where there was one. */
export function choiceReading({ candidates, runnerUp }: Facts): string {
  const folds = Math.max(...candidates.map(({ foldAveragePrecision }) => foldAveragePrecision.length));
  const how = `${candidates.length} configurations compared by average precision on ${folds === 1 ? "the validation days" : `${folds} validation folds`}; the test days had no say.`;
  if (runnerUp === null || runnerUp.difference === null) return how;
  const { differenceInterval: interval } = runnerUp;
  const chance =
    interval === null
      ? ""
      : ` (95 % interval ${signedFigure(interval.lower)} to ${signedFigure(interval.upper)}${interval.lower <= 0 ? ": no difference beyond chance" : ""})`;
  return `${how} The choice was ${signedFigure(runnerUp.difference)} against the next best, ${familyWords(runnerUp.family)}${chance}.`;
}

function signedFigure(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

/** Kind of calibration, with how well probabilities fit on the test days. */
export function calibrationWords({ facts, report }: VersionDetail): string {
  const test = report?.families[report.selected]?.test;
  const kind = capitalised(facts.calibrator);
  if (test === undefined) return kind;
  return `${kind}; Brier ${test.brier?.toFixed(5) ?? "–"}, ECE ${test.ece?.toFixed(4) ?? "–"} on test`;
}

/** The finding on importance, as its chart's title. */
export function importanceReading({ importance }: Facts): string {
  const [first, second] = importance;
  if (first === undefined) return "Importance was not measured";
  const beside = second === undefined ? "" : `, then of “${second.text}”`;
  return `Shuffling the values of “${first.text}” costs most, ${first.permutation?.toFixed(3) ?? "–"} of average precision${beside}`;
}

type Slices = NonNullable<Report["slices"]>;
export type SliceRow = Slices["all"] & { readonly title: string };

/** Every group of every cut, all payments first. */
export function groupRows({ slices }: Report): SliceRow[] {
  if (slices === undefined) return [];
  const cuts = slices.slices.flatMap(({ title, groups }) => groups.map((group) => ({ ...group, title })));
  return [{ ...slices.all, value: "every test payment", title: "All" }, ...cuts];
}

/** "(64 % to 77 %)". */
export function intervalWords({ lower, upper }: { readonly lower: number; readonly upper: number }): string {
  return `(${percent(lower, 0)} to ${percent(upper, 0)})`;
}

const DAY_MS = 86_400_000;

export type DayPart = {
  readonly key: string;
  readonly name: string;
  readonly days: number;
  readonly fill: string;
  readonly slice: Facts["slices"]["train"] | null;
};

/** Training, validation and test in order, with the gaps between them in days. */
export function dayParts({ train, validation, test }: Facts["slices"]): DayPart[] {
  const part = (key: string, name: string, slice: Facts["slices"]["train"], fill: string): DayPart => {
    const days = (slice.toMs - slice.fromMs) / DAY_MS;
    return { key, name: `${name}, ${daysText(days)}`, days, fill, slice };
  };
  const gap = (key: string, fromMs: number, toMs: number): DayPart[] => {
    const days = (toMs - fromMs) / DAY_MS;
    if (days <= 0) return [];
    const name = `Gap of ${daysText(days)}: labels still to come`;
    return [{ key, name, days, fill: "var(--sunken)", slice: null }];
  };
  return [
    part("train", "Learned from", train, "var(--chart-champion)"),
    ...gap("gap", train.toMs, validation.fromMs),
    part("validation", "Chosen and calibrated on", validation, "var(--chart-2)"),
    ...gap("gap-test", validation.toMs, test.fromMs),
    part("test", "Tested on", test, "var(--chart-3)"),
  ];
}

function daysText(days: number): string {
  const rounded = Math.round(days * 10) / 10;
  return `${rounded} ${rounded === 1 ? "day" : "days"}`;
}
