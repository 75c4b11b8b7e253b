import { DAY_MS } from "#server/domain/day.ts";
import { type Mark, type MarkKind, marksOf, percent, weekAfterChange } from "./story-marks.ts";
import { recovery, type Story } from "./story-told.ts";

const SIZE = { width: 960, height: 500 };
const PLOT = { left: 64, right: 936, top: 166, bottom: 414 };
const WEEK_MS = 7 * DAY_MS;
const INK = "#1f2933";
const MUTED = "#5b6770";
const LINE = "#0b63b5";
const ESTIMATE = "#9a5b00";
const strokes: Record<MarkKind, string> = {
  change: "#b42318",
  alert: "#9a5b00",
  reports: "#5b6770",
  labels: "#5b6770",
  held: "#5b6770",
  promoted: "#16703c",
  guardrail: "#b42318",
};

const LEVELS = 5;
const LONGEST_NAME = 180;
/** Keeps words readable where a line runs through them. */
const HALO = 'stroke="#ffffff" stroke-width="4" paint-order="stroke" stroke-linejoin="round"';

type Scale = {
  readonly x: (ms: number) => number;
  readonly y: (share: number) => number;
  readonly least: number;
};

/** The story as an SVG picture of its own: recall by week with its interval, the estimate, and every moment. */
export function svgChart(story: Story): string {
  const scale = scaleOf(story);
  const { width, height } = SIZE;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13" fill="${INK}">`,
    `<title id="title">${title(story)}</title>`,
    `<desc id="desc">${reading(story)}</desc>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#ffffff"/>`,
    text(24, 30, title(story), 'font-size="18" font-weight="600"'),
    text(24, 52, reading(story), `fill="${MUTED}"`),
    ...axes(story, scale),
    ...spans(story, scale),
    ...curves(story, scale),
    ...marks(story, scale),
    ...legend(),
    "</svg>",
  ].join("\n")}\n`;
}

/** What happened, and no more than that. */
function title(story: Story): string {
  const { before, shifted, after } = story;
  const recovered = recovery(story) !== null && (after.recall ?? 0) > (shifted.recall ?? 1);
  const fell = (shifted.recall ?? 1) < (before.recall ?? 0);
  return fell && recovered
    ? "The fraud changes; Assay notices, learns, and finds it again"
    : "The fraud changes: recall by week";
}

function reading(story: Story): string {
  const { before, shifted, after, warnings, labelsMs, changeMs } = story;
  const warning = warnings.withoutLabels;
  const day = (ms: number): number => Math.round((ms - changeMs) / DAY_MS);
  const alert = warning === null ? "no alert" : `an alert without labels on day ${day(warning.atMs)}`;
  const labels =
    labelsMs === null ? "mature labels never showed it" : `mature labels showed it on day ${day(labelsMs)}`;
  return `Recall ${percent(before.recall)}, then ${percent(shifted.recall)}, then ${percent(after.recall)}; ${alert}, ${labels}. Seed ${story.plan.seed}.`;
}

function scaleOf({ weeks, liveMs, endMs }: Story): Scale {
  const lows = weeks.flatMap(({ measured, estimated }) => [measured.interval?.lower ?? 1, estimated ?? 1]);
  const least = Math.max(0, Math.floor(Math.min(...lows) * 10) / 10);
  const { left, right, top, bottom } = PLOT;
  return {
    least,
    x: (ms) => left + ((ms - liveMs) / Math.max(1, endMs - liveMs)) * (right - left),
    y: (share) => bottom - ((share - least) / (1 - least)) * (bottom - top),
  };
}

function axes(story: Story, { x, y, least }: Scale): string[] {
  const shares = Array.from({ length: Math.round((1 - least) * 10) + 1 }, (_, at) => least + at / 10);
  const { left, right, bottom } = PLOT;
  return [
    ...shares.flatMap((share) => [
      line([left, y(share)], [right, y(share)], 'stroke="#e4e7eb"'),
      text(left - 8, y(share) + 4, `${Math.round(100 * share)} %`, `text-anchor="end" fill="${MUTED}"`),
    ]),
    ...story.weeks.map(({ fromMs }) => {
      const week = weekAfterChange(story, fromMs);
      const name = week < 0 ? `−${-week}` : `+${week}`;
      return text(x(fromMs + WEEK_MS / 2), bottom + 18, name, `text-anchor="middle" fill="${MUTED}"`);
    }),
    text(
      (left + right) / 2,
      bottom + 38,
      "week, counted from the change",
      `text-anchor="middle" fill="${MUTED}"`,
    ),
    text(24, PLOT.top - 14, "recall: share of frauds", `fill="${MUTED}"`),
  ];
}

/** The three figures of the last line, each over the weeks that it is of. */
function spans(story: Story, { x, y }: Scale): string[] {
  const { before, shifted, after, liveMs, changeMs, endMs, retrainings } = story;
  const first = retrainings.find(({ promoted, atMs }) => promoted && atMs > changeMs)?.atMs;
  const recoveredMs = recovery(story)?.atMs ?? endMs - story.plan.weeks.after * WEEK_MS;
  const parts = [
    { from: liveMs, to: changeMs, recall: before.recall },
    { from: changeMs, to: first ?? recoveredMs, recall: shifted.recall },
    { from: recoveredMs, to: endMs, recall: after.recall },
  ];
  return parts.flatMap(({ from, to, recall }) =>
    recall === null
      ? []
      : [
          line(
            [x(from), y(recall)],
            [x(to), y(recall)],
            `stroke="${LINE}" stroke-width="2" stroke-dasharray="2 4"`,
          ),
          text(
            (x(from) + x(to)) / 2,
            PLOT.bottom - 10,
            percent(recall),
            `text-anchor="middle" font-weight="600" fill="${LINE}" ${HALO}`,
          ),
        ],
  );
}

function curves({ weeks }: Story, { x, y }: Scale): string[] {
  const middle = (fromMs: number): number => x(fromMs + WEEK_MS / 2);
  const known = weeks.flatMap(({ fromMs, measured: { recall, interval } }) =>
    recall === null || interval === null ? [] : [{ at: middle(fromMs), recall, interval }],
  );
  const estimated = weeks.flatMap(({ fromMs, estimated: share }) =>
    share === null ? [] : [point(middle(fromMs), y(share))],
  );
  const upper = known.map(({ at, interval }) => point(at, y(interval.upper)));
  const lower = known.map(({ at, interval }) => point(at, y(interval.lower))).reverse();
  return [
    `<polygon points="${[...upper, ...lower].join(" ")}" fill="${LINE}" fill-opacity="0.14"/>`,
    `<polyline points="${estimated.join(" ")}" fill="none" stroke="${ESTIMATE}" stroke-width="1.5" stroke-dasharray="6 4"/>`,
    `<polyline points="${known.map(({ at, recall }) => point(at, y(recall))).join(" ")}" fill="none" stroke="${LINE}" stroke-width="2.5"/>`,
    ...known.map(
      ({ at, recall }) => `<circle cx="${round(at)}" cy="${round(y(recall))}" r="3" fill="${LINE}"/>`,
    ),
  ];
}

function marks(story: Story, { x }: Scale): string[] {
  const all = marksOf(story);
  const named = all.filter(({ kind }) => kind !== "held");
  return [
    ...named.flatMap((mark, at) => flag(mark, x(mark.atMs), at)),
    ...all
      .filter(({ kind }) => kind === "held")
      .map(({ atMs, text: says }) => {
        const [at, bottom] = [round(x(atMs)), PLOT.bottom];
        return `<path d="M${at} ${bottom - 9} l5 9 h-10 z" fill="#ffffff" stroke="${strokes.held}"><title>${says}</title></path>`;
      }),
  ];
}

/** A vertical line with its name on one of several levels, so that neighbours don't overlap. */
function flag({ kind, text: says }: Mark, at: number, place: number): string[] {
  const level = 72 + (place % LEVELS) * 17;
  const isLate = at > PLOT.right - LONGEST_NAME;
  const anchor = isLate ? "end" : "start";
  return [
    line([at, level + 4], [at, PLOT.bottom], `stroke="${strokes[kind]}" stroke-width="1.5"`),
    text(
      at + (isLate ? -5 : 5),
      level + 8,
      says,
      `text-anchor="${anchor}" fill="${strokes[kind]}" font-weight="600" ${HALO}`,
    ),
  ];
}

function legend(): string[] {
  const y = SIZE.height - 18;
  const sample = (at: number, attributes: string): string => line([at, y - 4], [at + 26, y - 4], attributes);
  return [
    sample(24, `stroke="${LINE}" stroke-width="2.5"`),
    text(56, y, "measured by the simulator's truth, 95 % interval by customer"),
    sample(474, `stroke="${ESTIMATE}" stroke-width="1.5" stroke-dasharray="6 4"`),
    text(506, y, "estimated from scores alone"),
    `<path d="M714 ${y - 9} l5 9 h-10 z" fill="#ffffff" stroke="${strokes.held}"/>`,
    text(728, y, "trained, held back by the gate"),
  ];
}

type Point = readonly [number, number];

function line([x1, y1]: Point, [x2, y2]: Point, attributes: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" ${attributes}/>`;
}

function text(x: number, y: number, says: string, attributes = ""): string {
  return `<text x="${round(x)}" y="${round(y)}"${attributes === "" ? "" : ` ${attributes}`}>${escaped(says)}</text>`;
}

function point(x: number, y: number): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(says: string): string {
  return says.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
