import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { PaymentRows } from "#ml/features/payment-rows.ts";
import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";

const START_MS = Date.UTC(2025, 0, 1);
const DAYS_ENOUGH = 100_000;

/** The simulator's default world: 5,000 customers, 1,000 merchants, some 20,000 devices and addresses a season. */
export function* simulation(seed: number, rows: number): Generator<SimulatedPayment, void> {
  let left = rows;
  for (const simulated of simulate({ seed, startMs: START_MS, days: DAYS_ENOUGH })) {
    if (left-- <= 0) return;
    yield simulated;
  }
}

export function simulatedPayments(seed: number, rows: number): PaymentEvent[] {
  return Array.from(simulation(seed, rows), ({ payment }) => payment);
}

export function withoutCardsAndDevices(payment: PaymentEvent): PaymentEvent {
  return { ...payment, cardToken: null, deviceId: null, ip: null };
}

/** The same payments as typed arrays, without the objects they were. */
export function simulatedRows(
  set: FeatureSet,
  { seed, rows, change }: { seed: number; rows: number; change: (payment: PaymentEvent) => PaymentEvent },
): PaymentRows {
  const table = new PaymentRows(set, rows);
  let row = 0;
  for (const { payment } of simulation(seed, rows)) table.set(row++, change(payment));
  return table;
}
