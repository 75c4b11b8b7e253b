import { z } from "zod";

/** What endpoints may ask to be told of. */
export const eventTypes = [
  "decision.review",
  "decision.decline",
  "case.closed",
  "label.recorded",
  "model.promoted",
  "alert.raised",
] as const;
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

/** webhook: signed JSON; chat: a chat's incoming webhook, {text}; email: an address. The last two are for people. */
export const endpointKinds = ["webhook", "chat", "email"] as const;
export const EndpointKind = z.enum(endpointKinds);
export type EndpointKind = z.infer<typeof EndpointKind>;

export const DeliveryStatus = z.enum(["pending", "delivered", "failed"]);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses after the first attempt, the second, and so on: some three days in all. */
export const retryPausesMs: readonly number[] = [
  5_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  18 * HOUR_MS,
  24 * HOUR_MS,
];
const JITTER = 0.2;

/**
 * How long to wait after so many attempts, up to a fifth more or less, so that receivers that come back are not met by
 * all at once. Null when no further attempt is made. `random` is in [0, 1).
 */
export function retryPauseMs(attempts: number, random: number): number | null {
  const pause = retryPausesMs[attempts - 1];
  return pause === undefined ? null : Math.round(pause * (1 + JITTER * (2 * random - 1)));
}

/** An endpoint that nothing reached for so long is disabled. */
export const DISABLE_AFTER_DAYS = 5;
/** For so long an old secret signs beside the new one. */
export const ROTATION_OVERLAP_HOURS = 24;
