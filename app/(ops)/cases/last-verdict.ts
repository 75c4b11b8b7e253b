import { UNDO_SECONDS } from "#server/domain/case-words.ts";

type GivenVerdict = { readonly caseId: string; readonly version: number };

let last: (GivenVerdict & { readonly until: number }) | null = null;

/** Remembers what `z` undoes, for as long as the server lets it be undone. */
export function keepVerdict(verdict: GivenVerdict, now = Date.now()): void {
  last = { ...verdict, until: now + UNDO_SECONDS * 1000 };
}

export function forgetVerdict(): void {
  last = null;
}

/** The verdict that can still be undone; null when there is none or its time is over. */
export function lastVerdict(now = Date.now()): GivenVerdict | null {
  return last !== null && now < last.until ? { caseId: last.caseId, version: last.version } : null;
}
