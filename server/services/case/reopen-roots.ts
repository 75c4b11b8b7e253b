import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { withdrawVerdictLabels } from "#server/services/label/verdict-labels.ts";
import { type Told, tellOf } from "./tell-of.ts";

export type Reopening = {
  readonly reason: "undo" | "manager" | "chargeback" | "second_review";
  readonly note?: string | null;
  /** who holds the cases then */
  readonly claim?: { readonly assigneeId: string | null; readonly claimedUntil: Date };
};

/** What makes a closed case open again, with nobody's claim on it. */
const reopened = {
  status: "open",
  disposition: null,
  closedAt: null,
  closedById: null,
  assigneeId: null,
  claimedUntil: null,
  snoozedUntil: null,
  heldAt: null,
  version: { increment: 1 },
} satisfies Prisma.CaseUncheckedUpdateManyInput;

const fields = {
  id: true,
  number: true,
  transactionId: true,
  joinedToId: true,
  status: true,
  disposition: true,
  closedAt: true,
  closedById: true,
} as const;
type Before = Prisma.CaseGetPayload<{ select: typeof fields }>;

/**
 * Opens closed cases that match, and puts those joined to them back where they were joined. A person's reopening takes
 * the labels of the verdict back; other reasons leave them in force or in history. Second reviews that
 * nobody has given yet are called off. Returns what was reopened, the matching ones first.
 */
export async function reopenRoots(
  tx: Tx,
  ctx: ServiceContext,
  where: Prisma.CaseWhereInput,
  how: Reopening,
): Promise<Before[]> {
  const found = await tx.case.findMany({
    where: { AND: [{ status: "closed", joinedToId: null }, where] },
    select: { ...fields, version: true },
    orderBy: { id: "asc" },
  });
  const changed = await tx.case.updateManyAndReturn({
    where: { status: "closed", OR: found.map(({ id, version }) => ({ id, version })) },
    data: { ...reopened, ...how.claim },
    select: { id: true },
  });
  const ids = new Set(changed.map((row) => row.id));
  const roots = found.filter((row) => ids.has(row.id));
  if (roots.length === 0) return [];
  const theirs = { status: "closed", joinedToId: { in: [...ids] } };
  const children = await tx.case.findMany({ where: theirs, select: fields, orderBy: { id: "asc" } });
  await tx.case.updateMany({ where: theirs, data: { ...reopened, status: "joined" } });
  await tx.secondReview.deleteMany({ where: { caseId: { in: [...ids] }, reviewedAt: null } });
  const all = [...roots, ...children];
  if (how.reason === "undo" || how.reason === "manager") await withdrawLabels(tx, ctx, all);
  await tellOf(tx, ctx, ...all.map((row) => toldOf(row, how)));
  await tx.outboxEvent.createMany({
    data: all.map((row) => ({
      at: ctx.now(),
      type: "case.reopened",
      payload: { caseId: row.id, transactionId: row.transactionId, reason: how.reason },
    })),
  });
  return all;
}

async function withdrawLabels(tx: Tx, ctx: ServiceContext, rows: readonly Before[]): Promise<void> {
  const byTime = Map.groupBy(rows, (row) => row.closedAt?.getTime() ?? null);
  for (const [time, closed] of byTime) {
    if (time === null) continue;
    const transactionIds = closed.map((row) => row.transactionId);
    await withdrawVerdictLabels(tx, ctx, { transactionIds, at: new Date(time) });
  }
}

function toldOf(row: Before, { reason, note = null }: Reopening): Told {
  const was = {
    status: row.status,
    disposition: row.disposition,
    closedAt: row.closedAt?.toISOString() ?? null,
    closedById: row.closedById,
  };
  const status = row.joinedToId === null ? "open" : "joined";
  const why = { reason, note };
  return {
    caseId: row.id,
    action: "case.reopen",
    kind: "reopened",
    body: { ...why, was },
    before: was,
    after: { status, disposition: null, ...why },
  };
}

const ClosedBody = z.looseObject({
  linked: z.object({ transactionIds: z.array(z.string()), caseIds: z.array(z.string()) }).optional(),
});

/** What the last verdict on a case was applied to beside its own payments. */
export async function linkedOfVerdict(
  tx: Tx,
  caseId: string,
): Promise<{ readonly transactionIds: readonly string[]; readonly caseIds: readonly string[] }> {
  const event = await tx.caseEvent.findFirst({
    where: { caseId, kind: "closed" },
    orderBy: { seq: "desc" },
    select: { body: true },
  });
  return ClosedBody.catch({}).parse(event?.body).linked ?? { transactionIds: [], caseIds: [] };
}
