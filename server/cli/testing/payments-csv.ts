import { createRng } from "#ml/math/seeded-random.ts";
import { plainHeader, plainMapping } from "#server/services/import/testing/plain-mapping.ts";

/** A mapping of `paymentsCsv`, as JSON. */
export const paymentsMapping = {
  ...plainMapping,
  name: "small",
  label: { ...plainMapping.label, delayDays: 3 },
} as const;

/**
 * Made-up payments from 2026-01-01 on, `perDay` a day in order of time: one in twenty is fraud, and frauds are mostly
 * of larger amounts.
 */
export function paymentsCsv(days: number, perDay = 120): string[] {
  const rng = createRng("payments-csv");
  const start = Date.UTC(2026, 0, 1);
  const rows = Array.from({ length: days * perDay }, (_, i) => {
    const fraud = rng.next() < 0.05;
    const amount = (fraud && rng.next() < 0.8 ? 300 : 10) + rng.next() * 100;
    const at = new Date(start + (i / perDay) * 86_400_000).toISOString();
    const [customer, merchant] = [Math.floor(rng.next() * 60), Math.floor(rng.next() * 20)];
    return `${i},${at},${amount.toFixed(2)},${customer},${merchant},${Number(fraud)}`;
  });
  return [plainHeader, ...rows];
}
