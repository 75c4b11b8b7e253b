import { ServiceError } from "#server/domain/service-error.ts";
import type { CaseRow } from "./case-row.ts";

/** Why a change of an open case did not go through, as the case stands now: who came first, and when. */
export function conflictOf(row: CaseRow, actorId: string | null): ServiceError {
  const name = `Case ${row.number}`;
  if (row.status === "closed") {
    const who = row.closedBy?.name ?? "someone";
    return new ServiceError(
      "conflict",
      `${name} was already closed as ${sayDisposition(row)} by ${who} at ${clock(row.closedAt)}.`,
    );
  }
  if (row.status === "joined") {
    return new ServiceError("conflict", `${name} is worked on as part of another case; go on there.`);
  }
  if (row.holder !== null && row.holder.id !== actorId) {
    return new ServiceError("conflict", `${row.holder.name} has ${name} until ${clock(row.holder.until)}.`);
  }
  return new ServiceError("conflict", `${name} has changed since you opened it. Look again and repeat.`);
}

function sayDisposition(row: CaseRow): string {
  return row.disposition === null ? "unknown" : row.disposition.replace("_", " ");
}

function clock(iso: string | null): string {
  return iso === null ? "an unknown time" : `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
