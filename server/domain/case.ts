import { z } from "zod";
import { dispositions, queueOrders, queuePiles } from "./case-words.ts";

/** joined: worked on as part of another open case of the same customer or card. */
const caseStatuses = ["open", "closed", "joined"] as const;
export const CaseStatus = z.enum(caseStatuses);
export type CaseStatus = z.infer<typeof CaseStatus>;

export const Disposition = z.enum(dispositions);
export type Disposition = z.infer<typeof Disposition>;

export const QueuePile = z.enum(queuePiles);
export type QueuePile = z.infer<typeof QueuePile>;

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
