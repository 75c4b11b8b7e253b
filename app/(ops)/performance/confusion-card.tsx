import type { ReactNode } from "react";
import { money, moneyShort } from "#app/format/money.ts";
import { count, percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { cheapestPoint, scoreText, share } from "./reading.ts";
import type { OperatingPoint, Performance } from "./types.ts";

/** What the threshold would do to the window's known payments, in payments and in money. */
export function ConfusionCard({ view, point }: { view: Performance; point: OperatingPoint }): ReactNode {
  const { counts, currency, fraudMinor, otherCurrencies } = view;
  const missed = counts.fraud - point.tp;
  const passed = counts.legitimate - point.fp;
  return (
    <Card
      title={`${moneyShort(point.caughtMinor, currency)} of ${moneyShort(fraudMinor, currency)} fraud would be caught`}
      className="h-full"
    >
      <table className="w-full border-collapse text-right">
        <caption className="pb-2 text-left text-xs text-muted">
          Alerting from {scoreText(point.threshold)}; known payments only
        </caption>
        <thead>
          <tr className="text-xs text-muted">
            <td />
            <th scope="col" className="pb-1 font-medium">
              Fraud
            </th>
            <th scope="col" className="pb-1 font-medium">
              Legitimate
            </th>
          </tr>
        </thead>
        <tbody>
          <Row
            name="Alerted"
            cells={[
              { rows: point.tp, minor: point.caughtMinor, tone: "bg-approve-soft" },
              { rows: point.fp, minor: point.stoppedMinor, tone: "bg-review-soft" },
            ]}
            currency={currency}
          />
          <Row
            name="Approved"
            cells={[
              { rows: missed, minor: fraudMinor - point.caughtMinor, tone: "bg-decline-soft" },
              { rows: passed, minor: view.legitimateMinor - point.stoppedMinor, tone: "" },
            ]}
            currency={currency}
          />
        </tbody>
      </table>
      <dl className="mt-3 space-y-1.5">
        <Line name="Recall" value={share(point.recall, point.recallInterval)} />
        <Line name="Precision" value={share(point.precision, point.precisionInterval)} />
        <Line name="False-positive rate" value={percent(point.fpr, 2)} />
        <Line name="Alerts per fraud caught" value={perFraud(point)} />
      </dl>
      <LoadAndCost view={view} point={point} />
      {otherCurrencies.length > 0 && (
        <p className="mt-2 text-xs text-faint">
          Money: {currency} only. Payments in {otherCurrencies.join(", ")} are counted.
        </p>
      )}
    </Card>
  );
}

/** What the alerts ask of the analysts, and what reviewing them costs beside the cheapest threshold. */
function LoadAndCost({ view, point }: { view: Performance; point: OperatingPoint }): ReactNode {
  const { days, capacityPerDay, currency, cost } = view;
  const perDay = days === 0 ? null : point.alerts / days;
  const cheapest = cheapestPoint(view.points);
  const share = perDay === null || capacityPerDay === 0 ? null : perDay / capacityPerDay;
  return (
    <div className="mt-3 space-y-1.5 border-t border-line pt-3">
      <dl className="space-y-1.5">
        <Line
          name="Cases a day"
          value={perDay === null ? "–" : count(Math.round(perDay))}
          note={`${share === null ? "" : `${percent(share, 0)} of `}the ${count(capacityPerDay)} that analysts can work${share !== null && share > 1 ? ": too many" : ""}`}
        />
        <Line
          name="Cost, all reviewed"
          value={moneyShort(point.costMinor, currency)}
          note={
            cheapest === null
              ? ""
              : `least: ${moneyShort(cheapest.costMinor, currency)} from ${scoreText(cheapest.threshold)}`
          }
        />
      </dl>
      <p className="text-xs text-faint">
        Cases: all scored payments, known or not. Cost: known payments, by{" "}
        {cost.policyNumber === null ? "the starting policy" : `policy ${cost.policyNumber}`}.
      </p>
    </div>
  );
}

type Cell = { rows: number; minor: number; tone: string };

function Row({ name, cells, currency }: { name: string; cells: Cell[]; currency: string }): ReactNode {
  return (
    <tr>
      <th scope="row" className="pr-2 text-left text-xs font-medium text-muted">
        {name}
      </th>
      {cells.map(({ rows, minor, tone }, at) => (
        <td key={at === 0 ? "fraud" : "legitimate"} className={`border border-line px-2 py-1.5 ${tone}`}>
          <div className="font-semibold">{count(rows)}</div>
          <div className="text-xs text-muted" title={money(minor, currency)}>
            {moneyShort(minor, currency)}
          </div>
        </td>
      ))}
    </tr>
  );
}

function Line({ name, value, note }: { name: string; value: string; note?: string }): ReactNode {
  return (
    <div className="flex items-baseline justify-between gap-2">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="text-right font-medium">
        {value}
        {note !== undefined && <span className="block text-xs font-normal text-muted">{note}</span>}
      </dd>
    </div>
  );
}

function perFraud({ tp, fp }: OperatingPoint): string {
  return tp === 0 ? "–" : ((tp + fp) / tp).toFixed(1);
}
