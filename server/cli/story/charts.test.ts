import { expect, test } from "vitest";
import { marksOf, weekAfterChange } from "./story-marks.ts";
import { svgChart } from "./svg-chart.ts";
import { terminalChart } from "./terminal-chart.ts";
import { recallOf, toldStory } from "./testing/told-story.ts";

const story = toldStory();

test("weeks count from the change, without a week 0", () => {
  expect(story.weeks.map(({ fromMs }) => weekAfterChange(story, fromMs))).toEqual([-2, -1, 1, 2, 3, 4]);
});

test("moments come in order of time", () => {
  expect(marksOf(story).map(({ kind }) => kind)).toEqual(["change", "alert", "promoted", "labels"]);
});

test("the terminal shows each week with its recall and what happened in it", () => {
  const lines = terminalChart(story).split("\n");
  expect(lines[1]).toMatch(/^ week −2 {2}█{30}\|█··\|·+ {2}80 %$/);
  expect(lines[3]).toMatch(/week \+1 .*60 % {2}the fraud changes$/);
  expect(lines[4]).toMatch(/week \+2 .*alert without labels; version 2 promoted$/);
  expect(lines.join("\n")).toContain("Recall before the change     80.5 % (75.5 % to 85.5 %) of 120 frauds");
});

test("the terminal says what did not happen", () => {
  const nothing = toldStory({
    after: recallOf(null),
    labelsMs: null,
    retrainings: [],
    warnings: { withoutLabels: null, earlyReports: null },
  });
  const text = terminalChart(nothing);
  expect(text).toContain("Recall after the recovery    – of 0 frauds");
  expect(text).toContain("Shown by mature labels       never");
  expect(text).toContain("none: the gate held back every candidate");
});

test("the picture names its axes, figures and moments, and closes what it opens", () => {
  const svg = svgChart(story);
  for (const words of [
    "week, counted from the change",
    "recall: share of frauds",
    "80.5 %",
    "version 2 promoted",
  ])
    expect(svg).toContain(words);
  expect(svg).not.toMatch(/NaN|undefined|null/);
  const opened = svg.match(/<(svg|title|desc|text)\b/g) ?? [];
  expect(svg.match(/<\/(svg|title|desc|text)>/g)).toHaveLength(opened.length);
});

test("the picture promises no recovery where there was none", () => {
  expect(svgChart(story)).toContain("finds it again");
  expect(svgChart(toldStory({ after: recallOf(0.6) }))).not.toContain("finds it again");
  expect(svgChart(toldStory({ retrainings: [] }))).not.toContain("finds it again");
});
