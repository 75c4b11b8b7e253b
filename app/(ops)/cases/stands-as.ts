import { instant } from "#app/format/time.ts";
import { type CaseRow, dispositionLook } from "./words.ts";

/** How a case stands, in a sentence: "Closed as fraud by Lea Dean." */
export function standsAs(row: CaseRow): string {
  const { status, disposition, closedBy, holder, snoozedUntil } = row;
  if (status === "closed") {
    const verdict = disposition === null ? "" : ` as ${dispositionLook[disposition].word.toLowerCase()}`;
    return `Closed${verdict}${closedBy === null ? "" : ` by ${closedBy.name}`}.`;
  }
  if (status === "joined") return "Worked on as part of another case.";
  if (row.approvalNumber !== null) return `Open, waits for approval ${row.approvalNumber}.`;
  if (row.heldAt !== null) return "Open, held back.";
  if (holder !== null) return `Open, with ${holder.name}.`;
  return snoozedUntil === null ? "Open, and nobody has it." : `Snoozed until ${instant(snoozedUntil)}.`;
}
