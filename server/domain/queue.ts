import { z } from "zod";
import { caseOrigins } from "./case.ts";

/** The queue that takes what no other does; made by the migrations, never archived. */
export const GENERAL_QUEUE_ID = "00000000-0000-7000-8000-000000000001";

const texts = z.array(z.string().min(1).max(128)).max(200);

/** Which cases a queue takes: every condition that is named must hold; none named takes every case. */
export const QueueRouting = z.strictObject({
  origins: z.array(z.enum(caseOrigins)).optional(),
  currencies: z.array(z.string().length(3)).max(200).optional(),
  channels: texts.optional(),
  countries: texts.optional(),
  merchantCategories: texts.optional(),
  merchantIds: texts.optional(),
  /** at least one of these rules hit */
  ruleNames: texts.optional(),
  minAmountMinor: z.int().min(0).optional(),
  maxAmountMinor: z.int().min(0).optional(),
  minScore: z.number().min(0).max(1).optional(),
  maxScore: z.number().min(0).max(1).optional(),
});
export type QueueRouting = z.infer<typeof QueueRouting>;

/** claim: people take cases; round_robin: cases are assigned to the queue's members in turn. */
export const queueAssignments = ["claim", "round_robin"] as const;
export const QueueAssignment = z.enum(queueAssignments);
export type QueueAssignment = z.infer<typeof QueueAssignment>;
