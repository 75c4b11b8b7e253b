import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { contributionBars } from "./contribution-bars.ts";
import type { CaseDetail } from "./words.ts";

/** Why it was scored so: each reason as a sentence, with a bar to the right when it speaks for fraud. */
export function Reasons({ detail }: { detail: CaseDetail }): ReactNode {
  const { decision } = detail;
  if (detail.hidden) {
    return (
      <Card title="Your own judgement">
        <p>
          This verdict is asked for without the model's opinion: score, reasons, rules and expected loss show
          once it is given.
        </p>
      </Card>
    );
  }
  if (decision === null || decision.failure !== null || decision.reasons.length === 0) {
    return (
      <Card title="Why it is here">
        <p className="text-muted">{withoutReasons(decision)}</p>
        {decision !== null && <RulesHit rules={decision.rules} />}
      </Card>
    );
  }
  const bars = contributionBars(decision.reasons);
  return (
    <Card
      title="Why it was scored so"
      actions={<span className="text-xs text-muted">◀ against fraud · for fraud ▶</span>}
    >
      <ul className="divide-y divide-line">
        {bars.map((bar) => (
          <li
            key={bar.code}
            className="grid items-center gap-x-3 py-1 sm:grid-cols-[minmax(0,1fr)_7rem_2.75rem] max-sm:grid-cols-[minmax(0,1fr)_3rem]"
          >
            <span className="max-sm:col-span-2">{bar.text}</span>
            <span aria-hidden="true" className="relative h-3 bg-sunken">
              <span
                className="absolute inset-y-0"
                style={{
                  left: `${bar.left * 100}%`,
                  width: `${bar.width * 100}%`,
                  background: bar.contribution > 0 ? "var(--decline)" : "var(--chart-1)",
                }}
              />
              <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
            </span>
            <span className="text-right text-muted">
              <span className="sr-only">{bar.contribution > 0 ? "for fraud" : "against fraud"} </span>
              {bar.figure}
            </span>
          </li>
        ))}
      </ul>
      <RulesHit rules={decision.rules} />
    </Card>
  );
}

function RulesHit({ rules }: Pick<NonNullable<CaseDetail["decision"]>, "rules">): ReactNode {
  if (rules.length === 0) return <p className="pt-2 text-xs text-muted">No rule hit.</p>;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-2">
      <span className="text-muted">{rules.length === 1 ? "Rule that hit" : "Rules that hit"}</span>
      {rules.map((rule) => (
        <span key={rule.id} className="inline-flex items-center gap-1.5">
          {rule.name}{" "}
          {rule.monitored ? <Badge>watching</Badge> : <OutcomeBadge outcome={rule.outcome} isSmall />}
        </span>
      ))}
    </div>
  );
}

function withoutReasons(decision: CaseDetail["decision"]): string {
  if (decision === null) return "The decision behind this case was not kept; judge by what is below.";
  if (decision.failure === "rule_failed") {
    return "A rule could not be evaluated, and what cannot be checked is never approved unseen.";
  }
  if (decision.failure !== null) {
    return `The payment could not be scored (${decision.failure.replaceAll("_", " ")}), and what cannot be scored is never approved unseen.`;
  }
  return "The model named no reasons.";
}
