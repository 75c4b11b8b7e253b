import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { casesOf, MOST_PAYMENTS } from "./case-payments.ts";
import { type EntityKind, entityKinds } from "./entity-kinds.ts";

export type CaseAnchor = {
  readonly transactionId: string;
  readonly occurredAt: Date;
  readonly amountMinor: number;
  readonly currency: string;
  readonly merchantCategory: string | null;
  readonly channel: string | null;
  /** of the case and those joined to it */
  readonly ownIds: readonly string[];
  /** who and what these payments share, each once: the case's own first */
  readonly entities: readonly { readonly kind: EntityKind; readonly value: string }[];
};

const fields = {
  id: true,
  occurredAt: true,
  amountMinor: true,
  currency: true,
  merchantCategory: true,
  channel: true,
  customerId: true,
  merchantId: true,
  cardToken: true,
  deviceId: true,
  ip: true,
} as const;

const fieldOf = {
  card: "cardToken",
  device: "deviceId",
  ip: "ip",
  customer: "customerId",
  merchant: "merchantId",
} as const satisfies Record<EntityKind, keyof typeof fields>;

/** More of a kind tell no more: what they share shows with the first ones. */
const MOST_OF_A_KIND = 2;

/** What questions about a case's surroundings start from. @throws ServiceError "forbidden" or "not_found". */
export async function findAnchor(ctx: ServiceContext, caseId: string): Promise<CaseAnchor> {
  requirePermission(ctx.actor, "case:read");
  const cases = await ctx.db.case.findMany({
    where: casesOf(caseId),
    select: { id: true, transaction: { select: fields } },
    orderBy: { number: "asc" },
    take: MOST_PAYMENTS,
  });
  const root = cases.find((row) => row.id === caseId);
  if (root === undefined) throw new ServiceError("not_found", "There is no such case.");
  const payments = [root, ...cases.filter((row) => row !== root)].map((row) => row.transaction);
  const entities = entityKinds.flatMap((kind) => {
    const values = new Set(payments.flatMap((payment) => payment[fieldOf[kind]] ?? []));
    return [...values].slice(0, MOST_OF_A_KIND).map((value) => ({ kind, value }));
  });
  const {
    id: transactionId,
    occurredAt,
    amountMinor,
    currency,
    merchantCategory,
    channel,
  } = root.transaction;
  return {
    transactionId,
    occurredAt,
    amountMinor: Number(amountMinor),
    currency,
    merchantCategory,
    channel,
    ownIds: payments.map((payment) => payment.id),
    entities,
  };
}
