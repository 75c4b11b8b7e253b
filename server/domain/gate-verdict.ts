import { z } from "zod";

const GateCheck = z.object({
  name: z.string(),
  /** null: too little to look at, and no obstacle */
  passed: z.boolean().nullable(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  /** with its numbers, in words */
  says: z.string(),
});

const CostDifference = z.object({
  mean: z.number(),
  lower: z.number(),
  upper: z.number(),
  standardError: z.number(),
  clusters: z.int(),
});

/** What the gate said of a candidate when its training ended, as it is stored. */
export const StoredVerdict = z.object({
  /** what a candidate has to lower, named before the run */
  metric: z.string(),
  /** of the interval of the cost */
  confidence: z.number(),
  promote: z.boolean(),
  because: z.string(),
  championId: z.string(),
  championNumber: z.int(),
  policyVersionId: z.string(),
  /** of the money; payments in other currencies are left out */
  currency: z.string(),
  /** first and last moment judged, ISO 8601 UTC, `to` exclusive */
  from: z.string(),
  to: z.string(),
  payments: z.int(),
  frauds: z.int(),
  leftOut: z.object({
    /** declined, so that nobody knows what they were */
    declined: z.int(),
    otherCurrency: z.int(),
  }),
  /** declines let through to review by exploration, which stand for others (1 / propensity) */
  weighted: z.int(),
  /** candidate minus champion, minor units a payment */
  costDifference: CostDifference.nullable(),
  relativeDifference: z.number().nullable(),
  checks: z.array(GateCheck),
});
export type StoredVerdict = z.infer<typeof StoredVerdict>;
