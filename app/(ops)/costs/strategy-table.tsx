import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { count, percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { strategyWords } from "./reading.ts";
import { intervalText } from "./simulation-reading.ts";
import type { Certainty, Costs, Estimate, Strategy } from "./types.ts";

type StrategyTableProps = {
  view: Costs;
  /** null while it loads */
  certainty: Certainty | null;
};

/** A table that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

/** Ways to treat the same payments, cheapest first, and what each one's cost is made of. */
export function StrategyTable({ view, certainty }: StrategyTableProps): ReactNode {
  const ranked = [...view.strategies].sort((a, b) => a.totalMinor - b.totalMinor);
  const most = Math.max(1, ...ranked.slice(0, 4).map((strategy) => strategy.totalMinor));
  return (
    <Card title={titleOf(ranked, view)} padded={false}>
      <p className="px-4 pb-2 text-xs text-muted">
        Savings are against approving everything and against reviewing everything; below each figure its 95 %
        interval, customers resampled.
      </p>
      <section aria-label="Cost of each way" {...reachable} className="relative overflow-x-auto">
        <table className="w-full border-collapse">
          <caption className="sr-only">Cost of each way to treat the window's payments</caption>
          <thead>
            <tr className="border-b border-line text-xs text-muted">
              {[
                "Way",
                "Total",
                "",
                "Lost to fraud",
                "Good customers",
                "Reviews",
                "Frauds acted on",
                "Saved vs approving",
                "Saved vs reviewing",
              ].map((name, at) => (
                <th
                  key={name || "bar"}
                  scope="col"
                  className={classNames(
                    "h-9 px-3 font-medium whitespace-nowrap",
                    at === 0 || at === 2 ? "text-left" : "text-right",
                    at === 2 && "hidden lg:table-cell",
                  )}
                >
                  {name === "" ? <span className="sr-only">Total as a bar</span> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ranked.map((strategy) => (
              <StrategyRow key={strategy.key} {...{ strategy, view, certainty, most }} />
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

type StrategyRowProps = StrategyTableProps & { strategy: Strategy; most: number };

function StrategyRow({ strategy, view, certainty, most }: StrategyRowProps): ReactNode {
  const { name, what } = strategyWords(strategy, view);
  const isServed = strategy.key === "served";
  const sure = sureOf(strategy, certainty);
  const reviewAll = view.strategies.find(({ key }) => key === "review_all")?.totalMinor ?? 0;
  const cells = [strategy.fraudLossMinor, strategy.frictionMinor, strategy.reviewMinor];
  const share = view.counts.fraud === 0 ? null : strategy.fraudsActedOn / view.counts.fraud;
  return (
    <tr className={classNames("border-b border-line last:border-0", isServed && "bg-accent-soft")}>
      <th scope="row" className="px-3 py-1.5 text-left whitespace-nowrap">
        <div className="font-medium">{name}</div>
        <div className="text-xs font-normal text-muted">{what}</div>
      </th>
      <td className="px-3 text-right whitespace-nowrap">
        <div className="font-semibold">{money(strategy.totalMinor, view.currency)}</div>
        <Interval estimate={sure.cost} currency={view.currency} />
      </td>
      <td className="hidden w-40 px-3 lg:table-cell">
        <CostBar strategy={strategy} most={most} />
      </td>
      {cells.map((minor, at) => (
        <td key={["fraud", "friction", "review"][at]} className="px-3 text-right whitespace-nowrap">
          {money(minor, view.currency)}
        </td>
      ))}
      <td className="px-3 text-right whitespace-nowrap">
        {count(strategy.fraudsActedOn)} <span className="text-muted">({percent(share)})</span>
      </td>
      <td className="px-3 text-right whitespace-nowrap">
        {money(strategy.savedMinor, view.currency)}
        <Interval estimate={sure.savedVsApprove} currency={view.currency} />
      </td>
      <td className="px-3 text-right whitespace-nowrap">
        {money(reviewAll - strategy.totalMinor, view.currency)}
        <Interval estimate={sure.savedVsReview} currency={view.currency} />
      </td>
    </tr>
  );
}

type Sure = Record<"cost" | "savedVsApprove" | "savedVsReview", Estimate | null>;

function sureOf({ key }: Strategy, certainty: Certainty | null): Sure {
  const nothing: Sure = { cost: null, savedVsApprove: null, savedVsReview: null };
  if (certainty === null) return nothing;
  if (key === "approve_all") return { ...nothing, cost: certainty.approveAll };
  if (key === "review_all") return { ...nothing, cost: certainty.reviewAll };
  return certainty.strategies.find((strategy) => strategy.key === key) ?? nothing;
}

function Interval({ estimate, currency }: { estimate: Estimate | null; currency: string }): ReactNode {
  if (estimate?.interval == null) return null;
  return <div className="text-xs font-normal text-muted">{intervalText(estimate.interval, currency)}</div>;
}

/** The total from zero, in the parts that the columns beside it name; a cut bar ends in an arrow. */
function CostBar({ strategy, most }: { strategy: Strategy; most: number }): ReactNode {
  const parts = [
    { key: "fraud", minor: strategy.fraudLossMinor, color: "var(--decline)" },
    { key: "friction", minor: strategy.frictionMinor, color: "var(--review)" },
    { key: "review", minor: strategy.reviewMinor, color: "var(--chart-reference)" },
  ];
  const scale = Math.max(most, 1);
  const isCut = strategy.totalMinor > most;
  return (
    <span aria-hidden="true" className="flex h-2.5 items-center">
      {parts.map((part) => (
        <span
          key={part.key}
          className="h-full"
          style={{
            width: `${(part.minor / (isCut ? strategy.totalMinor : scale)) * 100}%`,
            background: part.color,
          }}
        />
      ))}
      {isCut && <span className="pl-0.5 text-xs text-muted">›</span>}
    </span>
  );
}

function titleOf(ranked: readonly Strategy[], view: Costs): string {
  const [cheapest] = ranked;
  const served = view.strategies.find((strategy) => strategy.key === "served");
  if (cheapest === undefined || served === undefined) return "Ways to treat the same payments";
  if (cheapest.key === "served") return "The decisions as served cost least of all ways";
  const { name } = strategyWords(cheapest, view);
  const gap = served.totalMinor - cheapest.totalMinor;
  return `${name} would have cost ${money(gap, view.currency)} less than the decisions as served`;
}
