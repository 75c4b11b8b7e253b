import type { ReactNode } from "react";
import { count, percent } from "#app/format/number.ts";
import { estimateText } from "./simulation-reading.ts";
import type { Simulated, Simulation } from "./types.ts";

/** A table that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

/** The trial beside the policy in force, on the same payments. */
export function SimulationTable({ view }: { view: Simulation }): ReactNode {
  return (
    <section aria-label="Trial beside the policy in force" {...reachable} className="overflow-x-auto">
      <table className="w-full border-collapse">
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {["", "This trial", "In force"].map((name) => (
              <th
                key={name || "what"}
                scope="col"
                className="h-8 px-3 text-right font-medium first:text-left"
              >
                {name === "" ? <span className="sr-only">What</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {linesOf(view).map(([name, of]) => (
            <tr key={name} className="border-b border-line last:border-0">
              <th scope="row" className="px-3 py-1.5 text-left font-normal text-muted">
                {name}
              </th>
              <td className="px-3 text-right whitespace-nowrap">{of(view.candidate)}</td>
              <td className="px-3 text-right whitespace-nowrap text-muted">{of(view.active)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function linesOf({ currency }: Simulation): [string, (of: Simulated) => string][] {
  return [
    ["Total cost", ({ cost }) => estimateText(cost, currency)],
    ["Lost to fraud", ({ lost }) => estimateText(lost, currency)],
    ["Lost on good customers", ({ friction }) => estimateText(friction, currency)],
    ["Spent on reviews", ({ review }) => estimateText(review, currency)],
    ["Saved against approving everything", ({ saved }) => estimateText(saved, currency)],
    ["Frauds acted on", ({ fraudActedOnShare }) => percent(fraudActedOnShare)],
    ["Good payments declined", ({ legitimateDeclined }) => count(legitimateDeclined)],
    [
      "Approved, reviewed, declined",
      ({ approved, reviewed, declined }) => `${count(approved)}, ${count(reviewed)}, ${count(declined)}`,
    ],
    ["Cases a day, all currencies", ({ cases }) => (cases.perDay === null ? "–" : cases.perDay.toFixed(1))],
  ];
}
