import { DAY_MS } from "#server/domain/day.ts";
import type { MeasuredRecall } from "./fraud-log.ts";
import type { Warning } from "./signs.ts";
import { marksOf, percent, weekAfterChange } from "./story-marks.ts";
import { recovery, type Story, type StoryWeek } from "./story-told.ts";

const WIDTH = 40;
const WEEK_MS = 7 * DAY_MS;

/** The story as lines of text: a bar of recall a week with its interval, and what happened in it. */
export function terminalChart(story: Story): string {
  const lines = story.weeks.map((week) => lineOf(story, week));
  return [
    "Fraud that the policy stopped or questioned, of all there was, by week (| 95 % interval by customer)",
    ...lines,
    `${" ".repeat(10)}0 %${" ".repeat(WIDTH - 7)}100 %`,
    "",
    ...summary(story),
  ].join("\n");
}

function lineOf(story: Story, { fromMs, measured }: StoryWeek): string {
  const week = weekAfterChange(story, fromMs);
  const name = `week ${week > 0 ? "+" : "−"}${Math.abs(week)}`.padStart(8);
  const told = marksOf(story)
    .filter(({ kind, atMs }) =>
      kind === "change" ? atMs === fromMs : atMs > fromMs && atMs <= fromMs + WEEK_MS,
    )
    .map(({ text }) => text);
  const share = `${Math.round(100 * (measured.recall ?? 0))} %`.padStart(6);
  return `${name}  ${bar(measured)}${share}  ${told.join("; ")}`.trimEnd();
}

function bar({ recall, interval }: MeasuredRecall): string {
  const cells: string[] = Array.from({ length: WIDTH }, (_, at) =>
    (at + 0.5) / WIDTH <= (recall ?? 0) ? "█" : "·",
  );
  for (const end of interval === null ? [] : [interval.lower, interval.upper])
    cells[Math.min(WIDTH - 1, Math.floor(end * WIDTH))] = "|";
  return cells.join("");
}

function summary(story: Story): string[] {
  const { before, shifted, after, warnings, labelsMs, changeMs, falseAlarms } = story;
  const days = (ms: number): string => `day ${Math.round((ms - changeMs) / DAY_MS)} after the change`;
  const alert = (one: Warning | null): string => (one === null ? "none" : `${days(one.atMs)}: ${one.says}`);
  const found = recovery(story);
  return [
    `Recall before the change     ${sayRecall(before)}`,
    `Recall after it              ${sayRecall(shifted)}`,
    `Recall after the recovery    ${sayRecall(after)}`,
    `Alert without any label      ${alert(warnings.withoutLabels)}`,
    `Alert on early reports       ${alert(warnings.earlyReports)}`,
    `Shown by mature labels       ${labelsMs === null ? "never" : days(labelsMs)}`,
    `New champion                 ${found === null ? "none: the gate held back every candidate" : `${days(found.atMs)}: version ${found.version}`}`,
    ...(falseAlarms === 0 ? [] : [`Alerts of drift before it    ${falseAlarms}`]),
  ];
}

function sayRecall({ recall, interval, frauds }: MeasuredRecall): string {
  const range = interval === null ? "" : ` (${percent(interval.lower)} to ${percent(interval.upper)})`;
  return `${percent(recall)}${range} of ${frauds.toLocaleString("en")} frauds`;
}
