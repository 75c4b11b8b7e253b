"use client";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { percent } from "#app/format/number.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import type { Experiment, Trial } from "../../types.ts";
import { familyWords, imbalanceWords, withInterval } from "../../words.ts";
import { byStanding, figureOf, metricWords, parametersText, standingOf } from "../words.ts";
import { experimentParams, type TrialOrder } from "./search-params.ts";

type TrialTableProps = { experiment: Experiment; onOpen: (number: number) => void };

/** What scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

const secondsOf = ({ rungs }: Trial): number => rungs.reduce((sum, { seconds }) => sum + seconds, 0);

/** Every configuration with what became of it; a heading sorts. */
export function TrialTable({ experiment, onOpen }: TrialTableProps): ReactNode {
  const { metric } = experiment.settings;
  const [{ sort }, setParams] = useQueryStates(experimentParams, { history: "replace" });
  const value = (trial: Trial): number => figureOf(trial, metric)?.value ?? -1;
  const orders: Record<TrialOrder, (a: Trial, b: Trial) => number> = {
    standing: byStanding(metric),
    number: (a, b) => a.number - b.number,
    family: (a, b) => a.family.localeCompare(b.family) || byStanding(metric)(a, b),
    rows: (a, b) => (b.rungs.at(-1)?.trainRows ?? 0) - (a.rungs.at(-1)?.trainRows ?? 0),
    metric: (a, b) => value(b) - value(a),
    seconds: (a, b) => secondsOf(b) - secondsOf(a),
  };
  const trials = experiment.trials.toSorted(orders[sort]);
  const head = (order: TrialOrder, label: string, className = ""): ReactNode => (
    <Heading
      label={label}
      className={className}
      isSorted={sort === order}
      onSort={() => void setParams({ sort: order })}
    />
  );
  return (
    <Card padded={false} title="Configurations">
      <section aria-label="Configurations" {...reachable} className="overflow-x-auto">
        <table className="w-full border-collapse">
          <caption className="sr-only">Configurations of the experiment</caption>
          <thead>
            <tr className="border-b border-line">
              {head("number", "Trial")}
              {head("standing", "Standing")}
              {head("family", "Family")}
              <th scope="col" className={`${headLook} hidden text-left lg:table-cell`}>
                Options
              </th>
              {head("rows", "Rows learned from", "hidden text-right sm:table-cell")}
              {head("metric", metricWords(metric), "text-right")}
              {head("seconds", "Fits took", "hidden text-right md:table-cell")}
            </tr>
          </thead>
          <tbody>
            {trials.map((trial) => (
              <Row key={trial.number} trial={trial} metric={metric} onOpen={() => onOpen(trial.number)} />
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

const headLook = "h-9 px-3 first:pl-4 last:pr-4 text-xs font-medium whitespace-nowrap text-muted";

type HeadingProps = { label: string; className: string; isSorted: boolean; onSort: () => void };

function Heading({ label, className, isSorted, onSort }: HeadingProps): ReactNode {
  return (
    <th
      scope="col"
      {...(isSorted ? { "aria-sort": "descending" as const } : {})}
      className={`${headLook} ${className === "" ? "text-left" : className}`}
    >
      <button type="button" onClick={onSort} className="hover:text-ink">
        {label}
        <span aria-hidden="true" className={isSorted ? "" : "invisible"}>
          {" "}
          ↓
        </span>
      </button>
    </th>
  );
}

type RowProps = { trial: Trial; metric: Experiment["settings"]["metric"]; onOpen: () => void };

function Row({ trial, metric, onOpen }: RowProps): ReactNode {
  const { label, tone, shape, what } = standingOf(trial);
  const rung = trial.rungs.at(-1);
  const figure = figureOf(trial, metric);
  const cell = "h-9 px-3 first:pl-4 last:pr-4";
  return (
    <tr className="border-b border-line last:border-0 hover:bg-hover">
      <td className={cell}>
        <button type="button" onClick={onOpen} className="whitespace-nowrap text-accent hover:underline">
          Trial {trial.number}
        </button>
      </td>
      <td className={cell} title={trial.error ?? what}>
        <Badge tone={tone} shape={shape}>
          {label}
        </Badge>
      </td>
      <td className={`${cell} whitespace-nowrap`}>
        {familyWords(trial.family)}
        <span className="block text-xs text-muted">{imbalanceWords(trial.imbalance)}</span>
      </td>
      <td className={`${cell} hidden max-w-96 py-1 text-xs text-muted lg:table-cell`}>
        {parametersText(trial)}
      </td>
      <td className={`${cell} hidden text-right whitespace-nowrap sm:table-cell`}>
        {rung === undefined ? "–" : rung.trainRows.toLocaleString("en")}
        {rung !== undefined && <span className="block text-xs text-muted">{percent(rung.share, 0)}</span>}
      </td>
      <td className={`${cell} text-right whitespace-nowrap`}>
        {figure === null ? "–" : withInterval(figure.value, figure.interval)}
      </td>
      <td className={`${cell} hidden text-right whitespace-nowrap md:table-cell`}>
        {trial.rungs.length === 0 ? "–" : `${secondsOf(trial).toFixed(1)} s`}
      </td>
    </tr>
  );
}
