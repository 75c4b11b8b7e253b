import type { Prisma } from "#server/db/generated/client.ts";
import type { Actor } from "#server/domain/actor.ts";
import { ApprovalKind, ApprovalStatus } from "#server/domain/approval.ts";
import { hasPermission } from "#server/domain/permission.ts";
import { changeOfKind } from "./perform-approval.ts";

type Person = { readonly id: string; readonly name: string };

/** A change that waits, or waited, for a second person. */
export type ApprovalRow = {
  readonly id: string;
  readonly number: number;
  readonly kind: ApprovalKind;
  readonly subjectType: string;
  readonly subjectId: string;
  /** the input of the change, as its verb takes it */
  readonly payload: Prisma.JsonValue;
  readonly because: string;
  readonly status: ApprovalStatus;
  readonly requestedAt: string;
  readonly requestedBy: Person;
  readonly answeredAt: string | null;
  readonly answeredBy: Person | null;
  readonly note: string | null;
  /** whether the reader may answer it */
  readonly canAnswer: boolean;
  /** whether the reader asked for it */
  readonly isMine: boolean;
};

const person = { select: { id: true, name: true } } as const;
export const approvalInclude = { requestedBy: person, answeredBy: person } satisfies Prisma.ApprovalInclude;
export type StoredApproval = Prisma.ApprovalGetPayload<{ include: typeof approvalInclude }>;

/** The approval as this actor sees it. */
export function approvalRow(stored: StoredApproval, actor: Actor): ApprovalRow {
  const kind = ApprovalKind.parse(stored.kind);
  const status = ApprovalStatus.parse(stored.status);
  const isMine = actor.kind === "user" && stored.requestedById === actor.id;
  const permitted =
    hasPermission(actor, "approval:answer") && hasPermission(actor, changeOfKind[kind].permission);
  return {
    id: stored.id,
    number: stored.number,
    kind,
    subjectType: stored.subjectType,
    subjectId: stored.subjectId,
    payload: stored.payload,
    because: stored.because,
    status,
    requestedAt: stored.requestedAt.toISOString(),
    requestedBy: stored.requestedBy,
    answeredAt: stored.answeredAt?.toISOString() ?? null,
    answeredBy: stored.answeredBy,
    note: stored.note,
    canAnswer: status === "pending" && permitted && !isMine,
    isMine,
  };
}
