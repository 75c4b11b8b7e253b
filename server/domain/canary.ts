import { z } from "zod";
import { LEAST_SHARE, MOST_SHARE } from "./canary-share.ts";

export const CanaryShare = z
  .number()
  .min(LEAST_SHARE, "At least 0.1 % of customers")
  .max(MOST_SHARE, "At most half of all customers");

/** stopped by a person · promoted · broken: by a guardrail · superseded: another champion came */
const canaryEnds = ["stopped", "promoted", "broken", "superseded"] as const;
export const CanaryEnd = z.enum(canaryEnds);
export type CanaryEnd = z.infer<typeof CanaryEnd>;

/** Whose decisions: of customers drawn for the challenger, or of the others. */
export type CanaryArm = "canary" | "champion";

const ArmShare = z.object({
  share: z.number().nullable(),
  interval: z.object({ lower: z.number(), upper: z.number() }).nullable(),
});

/** A guardrail as it was looked at last. */
export const StoredCanaryCheck = z.object({
  name: z.enum(["failed", "errors", "reviewed", "declined", "latency"]),
  passed: z.boolean().nullable(),
  canary: ArmShare,
  champion: ArmShare,
  says: z.string(),
});
export type StoredCanaryCheck = z.infer<typeof StoredCanaryCheck>;
