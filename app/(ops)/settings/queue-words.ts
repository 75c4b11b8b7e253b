import { amountText } from "#app/format/amount-text.ts";
import { duration } from "#app/format/time.ts";
import { GENERAL_QUEUE_ID, type QueueRouting } from "#server/domain/queue.ts";
import { originWords } from "../cases/words.ts";
import { HUNDREDTHS } from "./queue-draft.ts";

const MINUTE_MS = 60_000;

/** Which cases a queue takes, in a line. */
export function routingWords(id: string, routing: QueueRouting): string {
  if (id === GENERAL_QUEUE_ID) return "Whatever no other queue takes";
  const parts = [
    routing.origins?.map((origin) => originWords[origin].toLowerCase()).join(" or "),
    named("currency", routing.currencies),
    named("channel", routing.channels),
    named("country", routing.countries),
    named("category", routing.merchantCategories),
    named("merchant", routing.merchantIds),
    named("rule", routing.ruleNames),
    amounts(routing),
    range("score", routing.minScore, routing.maxScore, String),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "Every case" : parts.join(" · ");
}

function named(what: string, values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : `${what} ${values.join(" or ")}`;
}

/** "amount from 500 EUR"; "of any currency" where each case's own is meant. */
function amounts({ amountCurrency, minAmountMinor, maxAmountMinor }: QueueRouting): string | undefined {
  const shown = (minor: number): string => amountText(minor, amountCurrency ?? HUNDREDTHS);
  const said = range("amount", minAmountMinor, maxAmountMinor, shown);
  return said === undefined ? undefined : `${said} ${amountCurrency ?? "of any currency"}`;
}

function range(
  what: string,
  min: number | undefined,
  max: number | undefined,
  shown: (value: number) => string,
): string | undefined {
  if (min === undefined && max === undefined) return undefined;
  if (min === undefined) return `${what} up to ${shown(max ?? 0)}`;
  return max === undefined ? `${what} from ${shown(min)}` : `${what} ${shown(min)} to ${shown(max)}`;
}

/** The promise of a queue: "4 h". */
export function slaWords(slaMinutes: number | null): string {
  return slaMinutes === null ? "none" : duration(slaMinutes * MINUTE_MS);
}
