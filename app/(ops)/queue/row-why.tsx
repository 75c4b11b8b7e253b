import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "#app/ui/class-names.ts";
import type { CaseRow } from "../cases/words.ts";

/** Why it waits, and under it whose payment it is, where it lies and what it is marked with. */
export function RowWhy({ row, isQueueShown }: { row: CaseRow; isQueueShown: boolean }): ReactNode {
  const why = whyOf(row);
  const names = [row.customerId, `#${row.number}`, isQueueShown ? row.queue?.name : null];
  return (
    <>
      <Link
        href={`/cases/${row.id}`}
        tabIndex={-1}
        prefetch={false}
        title={why}
        aria-label={`Case ${row.number}: ${why}`}
        className="block truncate hover:underline"
      >
        {why}
      </Link>
      <span className="flex items-center gap-1.5 overflow-hidden text-xs text-muted">
        <span className="truncate">{names.filter(Boolean).join(" · ")}</span>
        {row.joinedCases > 0 && <Chip>⊕ {row.joinedCases + 1} payments</Chip>}
        {row.approvalNumber !== null && <Chip tone="review">◇ waits for approval {row.approvalNumber}</Chip>}
        {row.escalatedAt !== null && <Chip tone="review">▲ escalated</Chip>}
        {row.tags.map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
      </span>
    </>
  );
}

function whyOf({ topReason, score, masked }: CaseRow): string {
  if (topReason !== null) return topReason;
  if (masked) return "To be judged by the payment and its history alone";
  return score === null ? "Could not be scored; a person decides" : "No single reason stands out";
}

function Chip({ tone, children }: { tone?: "review"; children: ReactNode }): ReactNode {
  const look = tone === "review" ? "bg-review-soft text-review" : "bg-sunken text-muted";
  return <span className={classNames("shrink-0 rounded px-1", look)}>{children}</span>;
}
