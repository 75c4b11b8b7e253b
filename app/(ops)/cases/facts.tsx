import type { ReactNode } from "react";
import { money } from "#app/format/money.ts";
import { percent } from "#app/format/number.ts";
import { clock, dayShort } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { OutcomeBadge } from "#app/ui/outcome-badge.tsx";
import { Stat } from "#app/ui/stat.tsx";
import { usualRange } from "./usual-range.ts";
import type { CaseDetail } from "./words.ts";

/** What happened and what is at stake, in one row. */
export function Facts({ detail }: { detail: CaseDetail }): ReactNode {
  const { payment, decision, customer } = detail;
  const range = usualRange(customer.usualFromMinor, customer.usualToMinor, detail.currency);
  const where = [payment.channel?.replace("_", " "), payment.country].filter(Boolean).join(", ");
  return (
    <Card>
      <div className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-[1.1fr_1fr_1.1fr_1.3fr]">
        <Stat
          label="Amount"
          value={money(detail.amountMinor, detail.currency)}
          note={range === null ? "first payment seen" : `usually ${range}`}
        />
        <Stat
          label="Expected loss"
          value={money(detail.expectedLossMinor, detail.currency)}
          note="if let through"
          definition="The score times what fraud of this amount costs by the policy: the amount lost and the chargeback's fee."
        />
        <Stat
          label="Score"
          value={<Score score={detail.score} />}
          note={decision === null ? "decision not kept" : modelSays(decision)}
          definition="The calibrated probability that this payment is fraud: of a hundred payments with this score, about that many are."
        />
        <Stat
          label="Paid"
          value={`${clock(payment.occurredAt).slice(0, 5)} UTC`}
          note={[dayShort(payment.occurredAt), where].filter(Boolean).join(" · ")}
        />
      </div>
    </Card>
  );
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
