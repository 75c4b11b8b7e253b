import { DAY_MS } from "#server/domain/day.ts";
import type { History } from "../history.ts";

/** Payments as [day, card, fraud], at noon of days counted from 1970-01-01. */
export function historyOf(payments: readonly (readonly [number, number, boolean])[]): History {
  return {
    times: Float64Array.from(payments, ([day]) => (day + 0.5) * DAY_MS),
    cards: Uint32Array.from(payments, ([, card]) => card),
    frauds: Uint8Array.from(payments, ([, , fraud]) => (fraud ? 1 : 0)),
    files: new Uint8Array(payments.length),
  };
}

/** `perDay` payments on each of `days` days, the first of each a fraud, all of cards of their own. */
export function evenHistory(days: number, perDay = 4): History {
  return historyOf(
    Array.from({ length: days * perDay }, (_, i) => [Math.floor(i / perDay), i, i % perDay === 0]),
  );
}
