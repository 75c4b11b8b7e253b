import Link from "next/link";
import type { ReactNode } from "react";
import { money, moneyShort } from "#app/format/money.ts";
import { count, score } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Stat } from "#app/ui/stat.tsx";
import type { LabelSource } from "#server/domain/label.ts";
import { OutcomeMix } from "./outcome-mix.tsx";
import { summarise } from "./summary.ts";
import type { Overview } from "./types.ts";

const sourceWords: Record<LabelSource, string> = {
  analyst: "by analysts",
  chargeback: "by chargeback",
  customer_report: "reported by customers",
  issuer_alert: "by issuer alert",
  manual: "by hand",
  import: "imported",
};

/** The figures of today, in the order in which a lead asks for them. */
export function TodayFigures({ overview }: { overview: Overview }): ReactNode {
  const summary = summarise(overview);
  const { champion, fraudFound } = overview;
  return (
    <Card padded={false}>
      <div className="grid grid-cols-2 gap-px overflow-hidden rounded-lg bg-line *:bg-surface *:p-4 md:grid-cols-3 xl:grid-cols-6">
        <Stat
          label="Payments today"
          definition="Decided payments that occurred since midnight UTC, with their amount per currency."
          value={count(summary.payments)}
          note={<Amounts amounts={summary.amounts} none="nothing paid yet" />}
        />
        <Stat
          label="Outcomes"
          definition="How today's payments were decided. Payments chosen at random for review count as review."
          value={<OutcomeMix byOutcome={summary.byOutcome} />}
        />
        <Stat
          label="Waiting for review"
          definition="Open cases that nobody has snoozed. Expected loss: the probability of fraud times what it would cost to let the payment through."
          value={
            <Link href="/queue" className="text-accent hover:underline">
              {count(summary.waitingCases)} {summary.waitingCases === 1 ? "case" : "cases"}
            </Link>
          }
          note={<Amounts amounts={summary.waitingLoss} none="nothing at stake" suffix="expected loss" />}
        />
        <Stat
          label="Fraud found today"
          definition="Payments that got a fraud label since midnight UTC, by who said so. The payments themselves may be older."
          value={count(summary.fraudFound)}
          note={
            fraudFound.map((f) => `${count(f.payments)} ${sourceWords[f.source]}`).join(", ") || "none so far"
          }
        />
        <Stat
          label="Money saved today"
          definition="Amount of today's declined payments, plus the amount of cases closed as fraud today. It holds good payments that were declined by mistake: Costs weighs those against it."
          value={<MainAmount amounts={summary.saved} />}
          note={<Amounts amounts={summary.saved.slice(1)} none="declined, or confirmed as fraud" />}
        />
        <Stat
          label="Champion"
          definition="The model version that decides now. AP: average precision on the test slice of its training."
          value={
            champion === null ? (
              "None yet"
            ) : (
              <Link href={`/models/${champion.number}`} className="text-accent hover:underline">
                Version {champion.number}
              </Link>
            )
          }
          note={
            champion === null ? (
              "everything goes to review"
            ) : (
              <>
                AP {score(champion.averagePrecision)}, {champion.family.replaceAll("_", " ")}
                {champion.promotedAt !== null && (
                  <>
                    , <RelativeTime time={champion.promotedAt} />
                  </>
                )}
              </>
            )
          }
        />
      </div>
    </Card>
  );
}

type Amount = { currency: string; amountMinor: number };

function MainAmount({ amounts }: { amounts: readonly Amount[] }): ReactNode {
  const [main] = amounts;
  if (main === undefined) return "–";
  return (
    <span title={money(main.amountMinor, main.currency)}>{moneyShort(main.amountMinor, main.currency)}</span>
  );
}

/** Amounts side by side, never added over currencies. */
function Amounts({
  amounts,
  none,
  suffix,
}: {
  amounts: readonly Amount[];
  none: string;
  suffix?: string;
}): ReactNode {
  if (amounts.length === 0) return none;
  const exact = amounts.map((a) => money(a.amountMinor, a.currency)).join(", ");
  const short = amounts.map((a) => moneyShort(a.amountMinor, a.currency)).join(" + ");
  return (
    <span title={exact}>
      {short} {suffix}
    </span>
  );
}
