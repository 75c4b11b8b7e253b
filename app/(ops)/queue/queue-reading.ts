import { money } from "#app/format/money.ts";
import { count, countShort } from "#app/format/number.ts";

type Counts = {
  readonly limit: number;
  readonly matching: number;
  readonly open: number;
  readonly mine: number;
  readonly atStake: readonly { readonly currency: string; readonly expectedLossMinor: number }[] | null;
};

/** "10,000+" where counting stopped. */
export function bounded(amount: number, limit: number): string {
  return amount >= limit ? `${count(limit)}+` : count(amount);
}

/** "10K+", where room is short. */
export function boundedShort(amount: number, limit: number): string {
  return amount >= limit ? `${countShort(limit)}+` : countShort(amount);
}

/** What lies in the queue now, in one line; of a list that is narrowed, how many match first. */
export function queueReading(counts: Counts, isNarrowed: boolean): string {
  if (!isNarrowed) return allOf(counts);
  const { matching, limit } = counts;
  const match = `${bounded(matching, limit)} ${matching === 1 ? "case matches" : "cases match"}`;
  return `${match} · ${allOf(counts)}`;
}

function allOf({ limit, open, mine, atStake }: Counts): string {
  if (open === 0) return "Nothing waits for review";
  const cases = `${bounded(open, limit)} ${open === 1 ? "case waits" : "cases wait"}`;
  const yours = mine === 0 ? "none is yours" : `${bounded(mine, limit)} ${mine === 1 ? "is" : "are"} yours`;
  return [cases, stake(atStake), yours].filter((part) => part !== null).join(" · ");
}

function stake(atStake: Counts["atStake"]): string | null {
  const [first, ...others] = atStake ?? [];
  if (first === undefined) return null;
  const more =
    others.length === 0
      ? ""
      : ` and ${others.length} other ${others.length === 1 ? "currency" : "currencies"}`;
  return `${money(first.expectedLossMinor, first.currency)} expected loss${more}`;
}
