import { z } from "zod";
import { type CaseOrigin, caseOrigins } from "./case-words.ts";
import { minorDigitsOf } from "./money.ts";

/** The queue that takes what no other does; made by the migrations, never archived, always tried last. */
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
  /** of the amounts, which are minor units of it; left out, they are hundredths of each case's own currency */
  amountCurrency: z.string().length(3).optional(),
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

/** What routing looks at in a case. */
export type RoutedFacts = {
  readonly origin: CaseOrigin;
  readonly currency: string;
  readonly channel: string | null;
  readonly country: string | null;
  readonly merchantCategory: string | null;
  readonly merchantId: string;
  /** of the rules that hit and don't only watch */
  readonly ruleNames: readonly string[];
  readonly amountMinor: number;
  /** null when it could not be scored: in no range of scores */
  readonly score: number | null;
  readonly masked: boolean;
};

/** The first queue, in the order given, that takes the case; null when none does. */
export function firstTaker<Q extends { readonly routing: QueueRouting }>(
  queues: readonly Q[],
  facts: RoutedFacts,
): Q | null {
  return queues.find((queue) => takesCase(queue.routing, facts)) ?? null;
}

/**
 * Whether every condition holds; ranges include their ends. A queue must not tell what a masked case hides: its
 * score is not looked at, and a queue that asks for origins or rules takes none, because those tell a payment that
 * policy sent from one that was explored.
 */
export function takesCase(routing: QueueRouting, facts: RoutedFacts): boolean {
  return (
    takesHidden(routing, facts) &&
    oneOf(routing.currencies, facts.currency) &&
    oneOf(routing.channels, facts.channel) &&
    oneOf(routing.countries, facts.country) &&
    oneOf(routing.merchantCategories, facts.merchantCategory) &&
    oneOf(routing.merchantIds, facts.merchantId) &&
    within(amountFor(routing, facts), routing.minAmountMinor, routing.maxAmountMinor)
  );
}

/** The case's amount as the routing's are given; null in another currency than the one they are of. */
function amountFor({ amountCurrency }: QueueRouting, { amountMinor, currency }: RoutedFacts): number | null {
  if (amountCurrency !== undefined) return currency === amountCurrency ? amountMinor : null;
  return (amountMinor * 100) / 10 ** minorDigitsOf(currency);
}

function takesHidden({ origins, ruleNames, minScore, maxScore }: QueueRouting, facts: RoutedFacts): boolean {
  if (facts.masked) return origins === undefined && ruleNames === undefined;
  return (
    oneOf(origins, facts.origin) &&
    (ruleNames === undefined || facts.ruleNames.some((name) => ruleNames.includes(name))) &&
    within(facts.score, minScore, maxScore)
  );
}

function oneOf(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function within(value: number | null, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true;
  return value !== null && value >= (min ?? 0) && value <= (max ?? Number.POSITIVE_INFINITY);
}
