import type { TableOfValues } from "#app/charts/chart-csv.ts";
import type { ChartRow } from "#app/charts/chart-types.ts";
import type { ModelCosts } from "./types.ts";

type Model = ModelCosts["models"][number];

export function modelName({ key, number }: Model): string {
  if (key === "rules") return "rules and lists";
  if (key === "challenger") return number === null ? "challenger" : `challenger, version ${number}`;
  return number === null ? "scores as served" : `version ${number}`;
}

/** What doing the same with every payment costs: the better of approving and of acting. */
const trivial = (place: number): number => Math.min(place, 1 - place);

/** Which model is cheapest at the costs of now, and against doing the same with every payment. */
export function modelsReading({ models, now }: ModelCosts): string {
  const [best] = [...models].sort((a, b) => a.now.cost - b.now.cost);
  if (best === undefined) return "No model to compare";
  const idle = trivial(now.review);
  if (best.now.cost >= idle) return "At your costs no model is cheaper than treating every payment alike";
  const saved = (1 - best.now.cost / idle) * 100;
  return `At your costs ${modelName(best)} is cheapest: ${saved.toFixed(0)} % under treating every payment alike`;
}

/** The paired difference, called flat where the payments cannot tell. */
export function differenceOfModels({ difference }: ModelCosts): string {
  if (difference === null) return "No challenger has scored 50 labelled frauds of this window in shadow.";
  const { cost, interval } = difference;
  const text = `${cost <= 0 ? "less" : "more"} by ${Math.abs(cost).toFixed(3)}`;
  if (interval === null) return `The challenger costs ${text} than what served.`;
  const sure = `(95 % from ${interval.lower.toFixed(3)} to ${interval.upper.toFixed(3)})`;
  const flat = interval.lower <= 0 && interval.upper >= 0;
  return flat
    ? `Challenger and served model are flat against each other at your costs: difference ${cost.toFixed(3)} ${sure}.`
    : `At your costs the challenger costs ${text} than what served ${sure}.`;
}

export function modelRows({ probabilityCosts, models }: ModelCosts): ChartRow[] {
  return probabilityCosts.map((place, at) => {
    const row: Record<string, number | null> = { place, trivial: trivial(place) };
    for (const { key, costs, bands } of models) {
      row[key] = costs[at] ?? null;
      row[`${key}Low`] = bands[at]?.lower ?? null;
      row[`${key}High`] = bands[at]?.upper ?? null;
    }
    row.least = Math.min(trivial(place), ...models.map(({ costs }) => costs[at] ?? 1));
    return row;
  });
}

export function modelValues({ probabilityCosts, models }: ModelCosts): TableOfValues {
  return {
    columns: [
      "Probability cost",
      ...models.flatMap((model) => [modelName(model), "from", "to"]),
      "Everything alike",
      "Least of all",
    ],
    rows: probabilityCosts.map((place, at) => [
      place,
      ...models.flatMap(({ costs, bands }) => [
        costs[at] ?? null,
        bands[at]?.lower ?? null,
        bands[at]?.upper ?? null,
      ]),
      trivial(place),
      Math.min(trivial(place), ...models.map(({ costs }) => costs[at] ?? 1)),
    ]),
  };
}
