import { z } from "zod";

/** A part of a decision that came out otherwise when it was carried out again; both as text. */
export const ReplayDifference = z.object({
  part: z.enum([
    "score",
    "outcome",
    "reasons",
    "rules",
    "propensity",
    "exploration",
    "expectedLoss",
    "response",
  ]),
  served: z.string(),
  replayed: z.string(),
});
export type ReplayDifference = z.infer<typeof ReplayDifference>;

/** A past decision carried out again from what was stored with it. */
export const DecisionReplay = z.object({
  transactionId: z.string(),
  /** null when it could be carried out again; else why not */
  impossible: z.string().nullable(),
  differences: z.array(ReplayDifference),
  /** of the served vector that went in */
  features: z.int(),
  milliseconds: z.number(),
});
export type DecisionReplay = z.infer<typeof DecisionReplay>;

/** Carries a decision out again; null for a transaction without one. */
export type ReplayDecision = (transactionId: string) => Promise<DecisionReplay | null>;
