import { z } from "zod";
import type { Label } from "./label.ts";

/** joined: worked on as part of another open case of the same customer or card. */
const caseStatuses = ["open", "closed", "joined"] as const;
export const CaseStatus = z.enum(caseStatuses);
export type CaseStatus = z.infer<typeof CaseStatus>;

export const dispositions = ["fraud", "legitimate", "not_sure"] as const;
export const Disposition = z.enum(dispositions);
export type Disposition = z.infer<typeof Disposition>;

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
export const QueuePile = z.enum(queuePiles);
export type QueuePile = z.infer<typeof QueuePile>;

export const queueOrders = ["expected_loss", "due", "score", "amount", "age"] as const;
export const QueueOrder = z.enum(queueOrders);
export type QueueOrder = z.infer<typeof QueueOrder>;

/** What a line of a case's timeline may tell. */
const caseEventKinds = [
  "opened",
  "routed",
  "joined",
  "claimed",
  "released",
  "assigned",
  "escalated",
  "held",
  "resumed",
  "snoozed",
  "note",
  "tagged",
  "file",
  "approval",
  "closed",
  "reopened",
] as const;
export const CaseEventKind = z.enum(caseEventKinds);
export type CaseEventKind = z.infer<typeof CaseEventKind>;

/** How long the analyst who closed a case may simply undo it. */
export const UNDO_SECONDS = 10;
