import type { Disposition } from "./case.ts";
import type { Label } from "./label.ts";

// Apart from the schemas made of them, so that a page which only shows them loads no schema library.

export const dispositions = ["fraud", "legitimate", "not_sure"] as const;

/** The label that a disposition teaches; not sure teaches nothing. */
export const labelOfDisposition: Record<Disposition, Label | null> = {
  fraud: "fraud",
  legitimate: "legitimate",
  not_sure: null,
};

export const caseOrigins = ["policy", "rule", "exploration", "model_unavailable"] as const;
export type CaseOrigin = (typeof caseOrigins)[number];

/** Which pile of cases: those to work on, those put off, those that wait for something from outside, those done. */
export const queuePiles = ["open", "snoozed", "held", "closed"] as const;

export const queueOrders = ["expected_loss", "due", "score", "amount", "age"] as const;

/** How long the analyst who closed a case may simply undo it. */
export const UNDO_SECONDS = 10;
