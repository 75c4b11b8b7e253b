import type { QueuePile } from "#server/domain/case.ts";
import { type CaseRow, dispositionLook } from "../cases/words.ts";

type Shown = { readonly pile: QueuePile; readonly queue: string | null };

/**
 * What became of a row that does not belong to the list any more, in words; null for one that does. Such rows stay
 * where they are until the list is renewed.
 */
export function goneWord(row: CaseRow, { pile, queue }: Shown, now: Date | null): string | null {
  if (row.status === "joined") return "Joined another case";
  if (row.status === "closed") return pile === "closed" ? null : closedWord(row);
  if (pile === "closed") return "Reopened";
  if (row.heldAt !== null) {
    if (pile === "held") return null;
    return row.approvalNumber === null ? "Held" : `Waits for approval ${row.approvalNumber}`;
  }
  const isSnoozed =
    row.snoozedUntil !== null && (now === null || Date.parse(row.snoozedUntil) > now.getTime());
  if (isSnoozed) return pile === "snoozed" ? null : "Snoozed";
  if (pile !== "open") return "Back in the queue";
  if (queue !== null && row.queue !== null && row.queue.id !== queue) return `Moved to ${row.queue.name}`;
  return null;
}

function closedWord({ disposition, closedBy }: CaseRow): string {
  const verdict = disposition === null ? "Closed" : dispositionLook[disposition].word;
  return closedBy === null ? verdict : `${verdict}, ${closedBy.name}`;
}
