import { amountOf, amountText } from "#app/format/amount-text.ts";
import type { CaseOrigin } from "#server/domain/case-words.ts";
import { isCurrency } from "#server/domain/money.ts";
import { type QueueAssignment, QueueRouting } from "#server/domain/queue.ts";
import type { Queue, QueueFields } from "./types.ts";

/** Lists of a queue's routing that are typed with commas between. */
export const listFields = [
  "currencies",
  "channels",
  "countries",
  "merchantCategories",
  "merchantIds",
  "ruleNames",
] as const;
type ListField = (typeof listFields)[number];

/** Ranges of a queue's routing; an empty end is open. */
export type RangeField = "minAmountMinor" | "maxAmountMinor" | "minScore" | "maxScore";

/** A queue as it is typed. */
export type QueueDraft = {
  readonly name: string;
  readonly description: string;
  readonly origins: readonly CaseOrigin[];
  readonly lists: Readonly<Record<ListField, string>>;
  readonly ranges: Readonly<Record<RangeField, string>>;
  /** of the amounts; empty for each case's own */
  readonly amountCurrency: string;
  readonly slaMinutes: string;
  readonly assignment: QueueAssignment;
  readonly memberIds: readonly string[];
};

/** With no currency named, the amounts of a queue count hundredths of each case's own. */
export const HUNDREDTHS = "EUR";

export function draftOfQueue(queue: Queue | null): QueueDraft {
  const routing = queue?.routing ?? {};
  const list = (field: ListField): string => routing[field]?.join(", ") ?? "";
  const amount = (minor: number | undefined): string =>
    minor === undefined ? "" : amountText(minor, routing.amountCurrency ?? HUNDREDTHS);
  return {
    name: queue?.name ?? "",
    description: queue?.description ?? "",
    origins: routing.origins ?? [],
    lists: {
      currencies: list("currencies"),
      channels: list("channels"),
      countries: list("countries"),
      merchantCategories: list("merchantCategories"),
      merchantIds: list("merchantIds"),
      ruleNames: list("ruleNames"),
    },
    ranges: {
      minAmountMinor: amount(routing.minAmountMinor),
      maxAmountMinor: amount(routing.maxAmountMinor),
      minScore: routing.minScore?.toString() ?? "",
      maxScore: routing.maxScore?.toString() ?? "",
    },
    amountCurrency: routing.amountCurrency ?? "",
    slaMinutes: queue?.slaMinutes?.toString() ?? "",
    assignment: queue?.assignment ?? "claim",
    memberIds: queue?.members.map(({ id }) => id) ?? [],
  };
}

export type ReadQueue =
  | { readonly fields: QueueFields; readonly errors: null }
  | { readonly fields: null; readonly errors: Readonly<Record<string, string>> };

/** The queue that a draft means, or what is wrong with it by field. */
export function queueOf(draft: QueueDraft): ReadQueue {
  const errors: Record<string, string> = {};
  if (draft.name.trim() === "") errors.name = "Give the queue a name";
  const sla = draft.slaMinutes.trim();
  if (sla !== "" && !/^[1-9]\d{0,5}$/.test(sla))
    errors.slaMinutes = "Whole minutes, or nothing for no promise";
  const routing = readRouting(draft, errors);
  if (routing === null || Object.keys(errors).length > 0) return { fields: null, errors };
  const fields = {
    name: draft.name.trim(),
    description: draft.description.trim(),
    routing,
    slaMinutes: sla === "" ? null : Number(sla),
    assignment: draft.assignment,
    memberIds: [...draft.memberIds],
  };
  return { fields, errors: null };
}

/** Which cases the queue of a draft takes; null while that cannot be read. */
export function routingOf(draft: QueueDraft): QueueRouting | null {
  const errors: Record<string, string> = {};
  const routing = readRouting(draft, errors);
  return Object.keys(errors).length > 0 ? null : routing;
}

function readRouting(draft: QueueDraft, errors: Record<string, string>): QueueRouting | null {
  const routing = QueueRouting.safeParse({
    ...(draft.origins.length > 0 ? { origins: draft.origins } : {}),
    ...Object.fromEntries(
      listFields.flatMap((field) => {
        const values = valuesOf(draft.lists[field]);
        return values.length === 0 ? [] : [[field, values]];
      }),
    ),
    ...amountsOf(draft, errors),
    ...scoresOf(draft.ranges, errors),
  });
  for (const { path } of routing.error?.issues ?? []) {
    const field = String(path[0]);
    errors[field] ??= field === "currencies" ? "Currencies such as EUR, USD" : "This cannot be read";
  }
  return routing.data ?? null;
}

function valuesOf(text: string): string[] {
  return [...new Set(text.split(",").map((value) => value.trim()))].filter((value) => value !== "");
}

function amountsOf(
  { ranges, amountCurrency }: QueueDraft,
  errors: Record<string, string>,
): Pick<QueueRouting, "amountCurrency" | "minAmountMinor" | "maxAmountMinor"> {
  const currency = amountCurrency.trim().toUpperCase();
  if (currency !== "" && !isCurrency(currency)) {
    errors.amountCurrency = "A currency such as EUR, or nothing";
    return {};
  }
  const read: Partial<Record<"minAmountMinor" | "maxAmountMinor", number>> = {};
  for (const field of ["minAmountMinor", "maxAmountMinor"] as const) {
    if (ranges[field].trim() === "") continue;
    const minor = amountOf(ranges[field], currency === "" ? HUNDREDTHS : currency);
    if (minor === null)
      errors[field] = currency === "" ? "An amount such as 250 or 99.50" : `Not an amount of ${currency}`;
    else read[field] = minor;
  }
  return currency === "" || Object.keys(read).length === 0 ? read : { ...read, amountCurrency: currency };
}

function scoresOf(ranges: QueueDraft["ranges"], errors: Record<string, string>): Record<string, number> {
  const read: Record<string, number> = {};
  for (const field of ["minScore", "maxScore"] as const) {
    if (ranges[field].trim() === "") continue;
    const score = Number(ranges[field].trim().replace(",", "."));
    if (!(score >= 0 && score <= 1)) errors[field] = "Between 0 and 1";
    else read[field] = score;
  }
  return read;
}
