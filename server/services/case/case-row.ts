import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { CaseStatus, Disposition } from "#server/domain/case.ts";
import { type CaseOrigin, caseOrigins } from "#server/domain/case-words.ts";

/** A person as cases name them. */
export type Person = { readonly id: string; readonly name: string };

/** A case as the queue shows it. Times are ISO strings, money is minor units. */
export type CaseRow = {
  readonly id: string;
  readonly number: number;
  readonly transactionId: string;
  readonly status: CaseStatus;
  /** policy where the case is masked for the reader */
  readonly origin: CaseOrigin;
  readonly openedAt: string;
  /** null where the case is masked for the reader */
  readonly expectedLossMinor: number | null;
  readonly amountMinor: number;
  readonly currency: string;
  /** null where it could not be scored, or is masked for the reader */
  readonly score: number | null;
  readonly topReason: string | null;
  readonly customerId: string;
  readonly merchantId: string;
  /** who works on it now, and until when; null when nobody does */
  readonly holder: (Person & { readonly until: string }) | null;
  /** whose it is by assignment */
  readonly owner: Person | null;
  /** null until it was routed */
  readonly queue: { readonly id: string; readonly name: string } | null;
  readonly dueAt: string | null;
  /** what the queue orders by */
  readonly rankMinor: number;
  /** worked on without score, reasons, expected loss and origin; whoever manages cases sees them (see maskCase) */
  readonly masked: boolean;
  readonly tags: readonly string[];
  readonly escalatedAt: string | null;
  readonly heldAt: string | null;
  /** the case that it is worked on with */
  readonly joinedToId: string | null;
  /** how many other cases are worked on with it; each is one more payment */
  readonly joinedCases: number;
  /** what their payments come to, in the currency of the case */
  readonly joinedAmountMinor: number;
  /** null where the case is masked for the reader */
  readonly joinedLossMinor: number | null;
  /** the number of the approval that a verdict on it waits for; null when none does */
  readonly approvalNumber: number | null;
  readonly snoozedUntil: string | null;
  readonly disposition: Disposition | null;
  readonly closedAt: string | null;
  readonly closedBy: Person | null;
  readonly version: number;
};

const person = { select: { id: true, name: true } } as const;

/** What of a case and its people a row needs. */
export const caseRowInclude = {
  assignee: person,
  closedBy: person,
  owner: person,
  queue: { select: { id: true, name: true } },
} satisfies Prisma.CaseInclude;

type StoredCase = Prisma.CaseGetPayload<{ include: typeof caseRowInclude }>;

const nothingBeside = { joinedCases: 0, joinedAmountMinor: 0, joinedLossMinor: 0, approvalNumber: null };
type Beside = Pick<CaseRow, "joinedCases" | "joinedAmountMinor" | "joinedLossMinor" | "approvalNumber">;

/** The row as it stands at `now`: an expired claim is nobody's, an ended snooze is none. */
export async function caseRow(db: Pick<Tx, "$queryRaw">, stored: StoredCase, now: Date): Promise<CaseRow> {
  const beside = await whatIsBeside(db, [stored.id]);
  return rowOf(stored, now, beside);
}

/** `caseRow` of many, in their order. */
export async function caseRows(
  db: Pick<Tx, "$queryRaw">,
  stored: readonly StoredCase[],
  now: Date,
): Promise<CaseRow[]> {
  if (stored.length === 0) return [];
  const ids = stored.map((row) => row.id);
  const beside = await whatIsBeside(db, ids);
  return stored.map((row) => rowOf(row, now, beside));
}

/** Each looked up by its index: counting in a join would go through every case that ever joined one. */
async function whatIsBeside(
  db: Pick<Tx, "$queryRaw">,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, Beside>> {
  const rows = await db.$queryRaw<({ id: string } & Beside)[]>`
    select c.id, joined.*, (select a.number from approval a where a.subject_type = 'case' and a.subject_id = c.id
         and a.status = 'pending' limit 1) as "approvalNumber"
    from unnest(${[...caseIds]}::text[]) as c(id), lateral (
      select count(*)::int as "joinedCases", coalesce(sum(j.amount_minor), 0)::float8 as "joinedAmountMinor",
        coalesce(sum(j.expected_loss_minor), 0)::float8 as "joinedLossMinor"
      from "case" j where j.joined_to_id = c.id) joined`;
  return new Map(rows.map(({ id, ...beside }) => [id, beside]));
}

function rowOf(stored: StoredCase, now: Date, beside: ReadonlyMap<string, Beside>): CaseRow {
  const { assignee, claimedUntil, snoozedUntil } = stored;
  const held = assignee !== null && claimedUntil !== null && claimedUntil > now;
  return {
    id: stored.id,
    number: stored.number,
    transactionId: stored.transactionId,
    status: CaseStatus.parse(stored.status),
    origin: originOf(stored.origin),
    openedAt: stored.openedAt.toISOString(),
    expectedLossMinor: Number(stored.expectedLossMinor),
    amountMinor: Number(stored.amountMinor),
    currency: stored.currency,
    score: stored.score,
    topReason: stored.topReason,
    customerId: stored.customerId,
    merchantId: stored.merchantId,
    holder: held ? { ...assignee, until: claimedUntil.toISOString() } : null,
    owner: stored.owner,
    queue: stored.queue,
    dueAt: stored.dueAt?.toISOString() ?? null,
    rankMinor: Number(stored.rankMinor),
    masked: stored.masked,
    tags: stored.tags,
    escalatedAt: stored.escalatedAt?.toISOString() ?? null,
    heldAt: stored.heldAt?.toISOString() ?? null,
    joinedToId: stored.joinedToId,
    snoozedUntil: snoozedUntil !== null && snoozedUntil > now ? snoozedUntil.toISOString() : null,
    disposition: Disposition.nullable().parse(stored.disposition),
    closedAt: stored.closedAt?.toISOString() ?? null,
    closedBy: stored.closedBy,
    version: stored.version,
    ...(beside.get(stored.id) ?? nothingBeside),
  };
}

function originOf(stored: string): CaseOrigin {
  return caseOrigins.find((origin) => origin === stored) ?? "policy";
}
