import { hash } from "node:crypto";
import type { z } from "zod";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { canonicalJson } from "#ml/models/canonical-json.ts";
import { findCardData } from "#server/domain/card-number.ts";
import type { Problem } from "#server/domain/problem.ts";
import { MAX_AHEAD_MS, ScoreRequest } from "#server/domain/transaction.ts";
import { fieldErrors } from "./field-errors.ts";
import { plainPayment } from "./plain/plain-payment.ts";
import { problemOf } from "./problems.ts";
import { findUnstorable } from "./unstorable.ts";

/** A payment that may be scored, and the SHA-256 of its body's canonical JSON: the order of keys does not matter. */
export type AcceptedPayment = { readonly event: PaymentEvent; readonly requestHash: Uint8Array };

export type Acceptance =
  | { readonly accepted: true; readonly payment: AcceptedPayment }
  | { readonly accepted: false; readonly problem: Problem };

/** PostgreSQL and feature windows both begin well before; nothing was paid for online earlier. */
const EARLIEST_MS = Date.UTC(1970, 0, 1);

/** Checks a parsed body: card data first, then form, then time. Says where it is wrong, never what was there. */
export function acceptPayment(body: unknown, now: Date): Acceptance {
  const plain = plainPayment(body);
  return plain === null ? acceptUnusual(body, now) : accept(plain.event, plain.canonical, now);
}

/** The full checks, in their order: what they say holds for every body. */
export function acceptUnusual(body: unknown, now: Date): Acceptance {
  const refused = checkRaw(body);
  if (refused !== null) return { accepted: false, problem: refused };
  const parsed = ScoreRequest.safeParse(body);
  if (!parsed.success) return { accepted: false, problem: problemOf("invalid", fieldErrors(parsed.error)) };
  return accept(eventOf(parsed.data), canonicalJson(body), now);
}

function accept(event: PaymentEvent, canonical: string, now: Date): Acceptance {
  const wrongTime = checkTime(event.occurredAtMs, now);
  if (wrongTime !== null) return { accepted: false, problem: wrongTime };
  const requestHash = Buffer.from(hash("sha256", canonical), "hex"); // quicker than asking for a buffer
  return { accepted: true, payment: { event, requestHash } };
}

/** Checks any body of the API against its schema, in the same order. */
export function acceptBody<T>(schema: z.ZodType<T>, body: unknown): { value: T } | { problem: Problem } {
  const refused = checkRaw(body);
  if (refused !== null) return { problem: refused };
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { problem: problemOf("invalid", fieldErrors(parsed.error)) };
  return { value: parsed.data };
}

/** The problem of a time too far ahead of `now`, or before 1970; null when it is fine. */
export function checkTime(occurredAtMs: number, now: Date): Problem | null {
  const message =
    occurredAtMs > now.getTime() + MAX_AHEAD_MS
      ? "is more than 5 minutes ahead of this server's clock"
      : occurredAtMs < EARLIEST_MS
        ? "must not be before 1970"
        : null;
  return message === null ? null : problemOf("invalid", [{ path: "/occurredAt", message }]);
}

function checkRaw(body: unknown): Problem | null {
  const cardData = findCardData(body);
  if (cardData.length > 0) return problemOf("cardData", cardData);
  const unstorable = findUnstorable(body);
  return unstorable.length > 0 ? problemOf("invalid", unstorable) : null;
}

function eventOf(request: ScoreRequest): PaymentEvent {
  return {
    id: request.id,
    occurredAtMs: Date.parse(request.occurredAt),
    amountMinor: withoutSign(request.amountMinor),
    currency: request.currency,
    customerId: request.customerId,
    merchantId: request.merchantId,
    cardToken: request.cardToken ?? null,
    deviceId: request.deviceId ?? null,
    ip: request.ip ?? null,
    merchantCategory: request.merchantCategory ?? null,
    channel: request.channel ?? null,
    country: request.country ?? null,
    latitude: request.latitude ?? null,
    longitude: request.longitude ?? null,
    attributes: storedAttributes(request.attributes ?? {}),
  };
}

type Attributes = PaymentEvent["attributes"];

/** As they come back from the database, which knows no negative zero: else a replay would differ by a bit. */
function storedAttributes(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes);
  if (!entries.some(([, value]) => Object.is(value, -0))) return attributes;
  return Object.fromEntries(entries.map(([name, value]) => [name, Object.is(value, -0) ? 0 : value]));
}

function withoutSign(amountMinor: number): number {
  return amountMinor === 0 ? 0 : amountMinor;
}
