import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { findCardData } from "#server/domain/card-number.ts";
import { MAX_AHEAD_MS, ScoreRequest } from "#server/domain/transaction.ts";

/** The field of the payment that breaks a rule, and the rule. */
export type PaymentFault = { readonly field: string; readonly reason: string };

const Body = ScoreRequest.omit({ occurredAt: true });
const EARLIEST_MS = Date.UTC(1970, 0, 1);

/** Holds a payment of history to the rules of the HTTP API; null when it keeps them all. The value is never repeated. */
export function checkPayment(payment: PaymentEvent, nowMs: number): PaymentFault | null {
  const body = Body.safeParse(knownFields(payment));
  if (!body.success) {
    const [issue] = body.error.issues;
    return { field: fieldOf(issue?.path ?? []), reason: issue?.message ?? "is not valid" };
  }
  const { occurredAtMs } = payment;
  if (!(occurredAtMs >= EARLIEST_MS)) return { field: "occurredAt", reason: "lies before 1970" };
  if (occurredAtMs > nowMs + MAX_AHEAD_MS) return { field: "occurredAt", reason: "lies in the future" };
  const [finding] = findCardData(body.data);
  if (finding === undefined) return null;
  const path = finding.path.split("/").slice(1);
  return { field: fieldOf(path), reason: finding.message };
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.slice(0, 2).map(String).join(".");
}

/** A payment as POST /v1/score takes it, its time apart: what is not known is left out. */
export function knownFields({ occurredAtMs: _, ...payment }: PaymentEvent): Record<string, unknown> {
  return Object.fromEntries(Object.entries(payment).filter(([, value]) => value !== null));
}
