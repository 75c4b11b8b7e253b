import type { Tx } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";

type WaitingApproval = {
  readonly id: string;
  readonly number: number;
  readonly payload: unknown;
  readonly because: string;
  readonly requestedAt: string;
  readonly requestedBy: { readonly id: string; readonly name: string };
};

/** The change of this subject that waits for a second person; null when none does. */
async function pendingApproval(
  db: Pick<Tx, "approval">,
  subjectType: string,
  subjectId: string,
): Promise<WaitingApproval | null> {
  const stored = await db.approval.findFirst({
    where: { subjectType, subjectId, status: "pending" },
    include: { requestedBy: { select: { id: true, name: true } } },
    orderBy: { number: "asc" },
  });
  if (stored === null) return null;
  const { id, number, payload, because, requestedBy } = stored;
  return { id, number, payload, because, requestedAt: stored.requestedAt.toISOString(), requestedBy };
}

/** @throws ServiceError "conflict" when a verdict on the case waits for a second person. */
export async function refuseWhilePending(db: Pick<Tx, "approval">, caseId: string): Promise<void> {
  const waiting = await pendingApproval(db, "case", caseId);
  if (waiting === null) return;
  const { number, requestedBy } = waiting;
  throw new ServiceError(
    "conflict",
    `A verdict by ${requestedBy.name} waits for a second person: approval ${number}. Answer or withdraw it first.`,
  );
}
