import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { checkName, checkState, type GateCheck, gateReading, judgedWords } from "../gate-words.ts";
import type { Report } from "../types.ts";

/** What the gate said when the training ended, check by check. */
export function Gate({ number, report }: { number: number; report: Report }): ReactNode {
  const { gate } = report;
  if (gate == null) {
    return (
      <Card title="Promotion gate">
        <p className="text-muted">
          {gate === undefined
            ? "This version was trained before the gate. The next training is judged."
            : `Not judged. ${report.championNote ?? "There was no champion to compare with."}`}
        </p>
      </Card>
    );
  }
  return (
    <Card
      title="Promotion gate"
      actions={
        <Badge tone={gate.promote ? "approve" : "decline"} shape={gate.promote ? "●" : "✕"}>
          {gate.promote ? "promote" : "hold back"}
        </Badge>
      }
    >
      <p>{gateReading(number, gate)}</p>
      <p className="mb-3 text-xs text-muted">{judgedWords(gate)}</p>
      <Checks checks={gate.checks} />
    </Card>
  );
}

function Checks({ checks }: { checks: readonly GateCheck[] }): ReactNode {
  return (
    <table className="w-full text-left">
      <caption className="sr-only">Checks of the promotion gate</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Ended</th>
          <th scope="col">What it found</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => {
          const { label, tone, shape } = checkState(check);
          return (
            <tr key={check.name} className="border-t border-line align-top">
              <th scope="row" className="py-1.5 pr-3 font-medium whitespace-nowrap">
                {checkName(check)}
              </th>
              <td className="py-1.5 pr-3">
                <Badge tone={tone} shape={shape}>
                  {label}
                </Badge>
              </td>
              <td className="py-1.5 text-muted">{check.says}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
