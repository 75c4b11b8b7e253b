import { DAY_MS } from "#server/domain/day.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { outcomes } from "#server/domain/outcome.ts";
import type { Overview } from "./types.ts";

export type Summary = {
  readonly payments: number;
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  /** of today's payments, the currency with the most first */
  readonly amounts: readonly { readonly currency: string; readonly amountMinor: number }[];
  /** stopped today, the main currency first */
  readonly saved: readonly { readonly currency: string; readonly amountMinor: number }[];
  readonly waitingCases: number;
  readonly waitingLoss: readonly { readonly currency: string; readonly amountMinor: number }[];
  readonly fraudFound: number;
};

/** Adds the groups up. Amounts of different currencies are never added together. */
export function summarise(
  overview: Pick<Overview, "today" | "moneySaved" | "waiting" | "fraudFound">,
): Summary {
  const order = currenciesByPayments(overview.today);
  return {
    payments: sum(overview.today.map((g) => g.payments)),
    byOutcome: Object.fromEntries(
      outcomes.map((o) => [o, sum(overview.today.filter((g) => g.outcome === o).map((g) => g.payments))]),
    ) as Record<Outcome, number>,
    amounts: order.map((currency) => ({
      currency,
      amountMinor: sum(overview.today.filter((g) => g.currency === currency).map((g) => g.amountMinor)),
    })),
    saved: overview.moneySaved
      .map(({ currency, declinedMinor, confirmedMinor }) => ({
        currency,
        amountMinor: declinedMinor + confirmedMinor,
      }))
      .toSorted((a, b) => rank(order, a.currency) - rank(order, b.currency)),
    waitingCases: sum(overview.waiting.map((w) => w.cases)),
    waitingLoss: overview.waiting.map((w) => ({ currency: w.currency, amountMinor: w.expectedLossMinor })),
    fraudFound: sum(overview.fraudFound.map((f) => f.payments)),
  };
}

/** Every day of the last fortnight up to `at`, with zeros where nothing was decided. */
export function fillDays(
  byDay: Overview["byDay"],
  at: string,
): ({ day: string } & Record<Outcome, number>)[] {
  const end = Date.parse(at.slice(0, 10));
  return Array.from({ length: FORTNIGHT }, (_, index) => {
    const day = new Date(end - (FORTNIGHT - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    const of = (outcome: Outcome): number =>
      sum(byDay.filter((d) => d.day === day && d.outcome === outcome).map((d) => d.payments));
    return { day, approve: of("approve"), review: of("review"), decline: of("decline") };
  });
}

const FORTNIGHT = 14;

function currenciesByPayments(today: Overview["today"]): string[] {
  const payments = new Map<string, number>();
  for (const group of today)
    payments.set(group.currency, (payments.get(group.currency) ?? 0) + group.payments);
  return [...payments].toSorted(([, a], [, b]) => b - a).map(([currency]) => currency);
}

function rank(order: readonly string[], currency: string): number {
  const at = order.indexOf(currency);
  return at === -1 ? order.length : at;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
