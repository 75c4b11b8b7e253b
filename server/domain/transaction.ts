import { z } from "zod";
import { ExternalLabelSource, Label } from "./label.ts";
import { isCurrency } from "./money.ts";
import { Outcome } from "./outcome.ts";

export const channels = ["card_present", "ecommerce", "transfer", "atm", "other"] as const;
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

/** Where a payment came from. */
export const transactionOrigins = ["api", "import", "simulation"] as const;

/** Longest lead of a caller's clock that is accepted. */
export const MAX_AHEAD_MS = 5 * 60_000;
export const MAX_BATCH = 1000;
export const MAX_ATTRIBUTES = 256;

const Id = z
  .string()
  .min(1)
  .max(128)
  .regex(
    /\p{L}/u,
    "must contain at least one letter, so that it cannot be taken for a card number; add a prefix",
  );

/** One payment to score, as POST /v1/score takes it. Unknown fields are refused. */
export const ScoreRequest = z.strictObject({
  id: Id,
  occurredAt: z.iso.datetime({ offset: true }),
  amountMinor: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().length(3).refine(isCurrency, "must be an ISO 4217 currency code in capitals"),
  customerId: Id,
  merchantId: Id,
  cardToken: Id.optional(),
  deviceId: Id.optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  merchantCategory: z.string().min(1).max(64).optional(),
  channel: Channel.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be an ISO 3166-1 alpha-2 code in capitals")
    .optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  attributes: z
    .record(z.string().min(1).max(64), z.union([z.number(), z.string().max(1024), z.boolean()]))
    .refine((a) => Object.keys(a).length <= MAX_ATTRIBUTES, `at most ${MAX_ATTRIBUTES} attributes`)
    .optional(),
});
export type ScoreRequest = z.infer<typeof ScoreRequest>;

export const Reason = z.object({ code: z.string(), text: z.string(), contribution: z.number() });
export type Reason = z.infer<typeof Reason>;

export const RuleHit = z.object({ id: z.string(), name: z.string(), outcome: Outcome });
export type RuleHit = z.infer<typeof RuleHit>;

export const ScoreResponse = z.object({
  transactionId: z.string(),
  score: z.number().min(0).max(1).nullable(),
  outcome: Outcome,
  reasons: z.array(Reason),
  rules: z.array(RuleHit),
  caseId: z.string().nullable(),
  modelVersion: z.string().nullable(),
  policyVersion: z.string(),
  featureSetVersion: z.string(),
  scoredAt: z.iso.datetime(),
});
export type ScoreResponse = z.infer<typeof ScoreResponse>;

export const LabelRequest = z.strictObject({
  transactionId: Id,
  label: Label,
  source: ExternalLabelSource,
  occurredAt: z.iso.datetime({ offset: true }),
  note: z.string().max(2000).optional(),
});
export type LabelRequest = z.infer<typeof LabelRequest>;

export const LabelResponse = z.object({
  transactionId: z.string(),
  label: Label,
  source: z.string(),
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
});
export type LabelResponse = z.infer<typeof LabelResponse>;
