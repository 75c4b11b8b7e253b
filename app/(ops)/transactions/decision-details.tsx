"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { percent } from "#app/format/number.ts";
import { instant } from "#app/format/time.ts";
import { OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { ScoreBar } from "#app/ui/score-bar.tsx";
import { Facts } from "./facts.tsx";
import { FeatureTable } from "./feature-table.tsx";
import { Replay } from "./replay.tsx";
import type { TransactionDecision, TransactionDetail } from "./types.ts";

const explorationWords: Readonly<Record<string, string>> = {
  approve_to_review: "an approval sent to review at random, to learn",
  decline_to_review: "a decline sent to review at random, to learn",
  active_learning: "an approval near the edge of review, asked about because the model was unsure",
  disagreement: "an approval sent to review because the challenger would not have approved it",
};

const hiddenWords: Readonly<Record<NonNullable<TransactionDetail["hidden"]>, string>> = {
  masked: "This case is reviewed without score and reasons. They show once it is closed.",
  second_review:
    "You are reviewing this payment a second time, without what is known. It shows once you are done.",
};

/** The decision as it was served, with the reasons and everything needed to repeat it. */
export function DecisionDetails({
  transactionId,
  decision,
  currency,
  hidden,
}: {
  transactionId: string;
  decision: TransactionDecision;
  currency: string;
  hidden: TransactionDetail["hidden"];
}): ReactNode {
  return (
    <>
      <section className="space-y-3">
        <h3 className="sr-only">Decision</h3>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <OutcomeBadge outcome={decision.outcome} />
          {hidden === null && <ScoreBar score={decision.score} />}
          {decision.expectedLossMinor !== null && (
            <span>
              <span className="text-muted">Expected loss</span> {money(decision.expectedLossMinor, currency)}
            </span>
          )}
        </div>
        {hidden !== null && <p className="text-muted">{hiddenWords[hidden]}</p>}
        {decision.failure !== null && (
          <p className="text-decline">
            {decision.failure === "rule_failed"
              ? "A rule could not be evaluated: sent to review, to be safe."
              : `Not scored (${decision.failure.replace("_", " ")}): never approved unseen.`}
          </p>
        )}
        {decision.exploration !== null && (
          <p className="text-muted">
            Exploration: {explorationWords[decision.exploration] ?? decision.exploration}.
          </p>
        )}
        <Reasons reasons={decision.reasons} />
        {decision.rules.map((rule) => (
          <p key={rule.id}>
            Rule “{rule.name}” {rule.monitored ? "watched, and would ask for" : "asked for"}{" "}
            <OutcomeBadge outcome={rule.outcome} />
          </p>
        ))}
      </section>
      <section>
        <h3 className="mb-2">Decided by</h3>
        <Facts
          facts={[
            ["Model", decision.model === null ? "none" : <ModelLink key="model" model={decision.model} />],
            ["Policy", `version ${decision.policyNumber}`],
            ["Features", decision.featureSetVersion],
            ["Scored", instant(decision.scoredAt)],
            ["How", decision.origin === "live" ? "live, over the API" : "afterwards, from history"],
            ["Chance of review", decision.propensity === null ? "hidden" : percent(decision.propensity)],
          ]}
        />
        {hidden === null && <Replay transactionId={transactionId} />}
      </section>
      <FeatureTable features={decision.features} />
    </>
  );
}

function ModelLink({ model }: { model: NonNullable<TransactionDecision["model"]> }): ReactNode {
  return (
    <Link href={`/models/${model.number}`} className="text-accent hover:underline">
      version {model.number}, {model.family.replaceAll("_", " ")}
    </Link>
  );
}

/** Reasons in order of weight; the bar's side and the word say which way each pushed. */
function Reasons({ reasons }: Pick<TransactionDecision, "reasons">): ReactNode {
  if (reasons.length === 0) return null;
  const most = Math.max(...reasons.map((reason) => Math.abs(reason.contribution)), Number.EPSILON);
  return (
    <ul className="space-y-1.5">
      {reasons.map((reason) => (
        <li key={reason.code} className="flex items-center gap-3">
          <span aria-hidden="true" className="flex h-1.5 w-20 shrink-0 rounded-full bg-sunken">
            <span
              className="h-full rounded-full"
              style={{
                width: `${(Math.abs(reason.contribution) / most) * 100}%`,
                background: reason.contribution >= 0 ? "var(--decline)" : "var(--approve)",
              }}
            />
          </span>
          <span>{reason.text}</span>
          <span className="ml-auto text-xs whitespace-nowrap text-muted">
            {reason.contribution >= 0 ? "raises the risk" : "lowers the risk"}
          </span>
        </li>
      ))}
    </ul>
  );
}
