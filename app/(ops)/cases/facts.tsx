import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { percent } from "#app/format/number.ts";
import { clock, dayShort } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { Stat } from "#app/ui/stat.tsx";
import { PaymentsTable } from "./payments-table.tsx";
import { usualRange } from "./usual-range.ts";
import type { CaseDetail } from "./words.ts";

/** What happened and what is at stake: the sums in one row, the payments below. */
export function Facts({ detail }: { detail: CaseDetail }): ReactNode {
  const { payment, customer, payments } = detail;
  const range = usualRange(customer.usualFromMinor, customer.usualToMinor, detail.currency);
  const where = [payment.channel?.replace("_", " "), payment.country].filter(Boolean).join(", ");
  const usually = range === null ? "first payment seen" : `usually ${range}`;
  return (
    <Card>
      <div className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-[1.1fr_1fr_1.1fr_1.3fr]">
        <Stat
          label={payments.total > 1 ? `Sum of ${payments.total} payments` : "Amount"}
          value={payments.stakes.map((sum) => money(sum.amountMinor, sum.currency)).join(" + ")}
          note={usually}
        />
        <Stat
          label="Expected loss"
          value={payments.stakes.map((sum) => money(sum.expectedLossMinor, sum.currency)).join(" + ")}
          note={detail.hidden ? "kept back" : "if let through"}
          definition="The score times what fraud of this amount costs by the policy: the amount lost and the chargeback's fee."
        />
        <Stat
          label="Score"
          value={detail.hidden ? "–" : <Score score={detail.score} />}
          note={scoreNote(detail)}
          definition="The calibrated probability that this payment is fraud: of a hundred payments with this score, about that many are."
        />
        <Stat
          label="Paid"
          value={`${clock(payment.occurredAt).slice(0, 5)} UTC`}
          note={[dayShort(payment.occurredAt), where].filter(Boolean).join(" · ")}
        />
      </div>
      <PaymentsTable detail={detail} />
    </Card>
  );
}

function scoreNote({ decision, hidden }: CaseDetail): ReactNode {
  if (hidden) return "kept back";
  return decision === null ? "decision not kept" : modelSays(decision);
}

function Score({ score }: { score: number | null }): ReactNode {
  if (score === null) return "Not scored";
  return (
    <span className="flex items-center gap-2">
      {percent(score)}
      <span aria-hidden="true" className="h-2 w-16 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full bg-review" style={{ width: `${score * 100}%` }} />
      </span>
    </span>
  );
}

function modelSays(decision: NonNullable<CaseDetail["decision"]>): ReactNode {
  return (
    <span className="flex items-center gap-1.5">
      <OutcomeBadge outcome={decision.outcome} />
      {decision.model !== null && `model ${decision.model.number}`}
    </span>
  );
}
