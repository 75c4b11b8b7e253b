import { randomBytes } from "node:crypto";
import type { Database } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { Role } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type CloseCaseInput, type ClosedCase, closeCase } from "../close-case.ts";

/** Rows for service tests: small, plausible, and every field open to change. */
export const paidAt = new Date("2026-11-18T10:00:00.000Z");

const tag = (prefix: string): string => `${prefix}_${randomBytes(5).toString("hex")}`;

export type SeedUser = { readonly id: string; readonly name: string; readonly role: Role };

export async function seedUser(db: Database, role: Role, name: string = role): Promise<SeedUser> {
  const email = `${tag(role)}@example.test`;
  const { id } = await db.user.create({
    data: { email, name, role, passwordHash: "none", createdAt: paidAt },
  });
  return { id, name, role };
}

export function contextOf(db: Database, user: SeedUser, now: Date): ServiceContext {
  return { db, actor: { kind: "user", ...user }, now: () => now };
}

export function systemContext(db: Database, now: Date): ServiceContext {
  return { db, actor: { kind: "system", name: "test" }, now: () => now };
}

type PaymentFields = Partial<Prisma.TransactionUncheckedCreateInput>;

export async function seedPayment(db: Database, fields: PaymentFields = {}): Promise<{ id: string }> {
  return db.transaction.create({
    data: {
      id: tag("pay"),
      occurredAt: paidAt,
      amountMinor: 12_999n,
      currency: "EUR",
      customerId: "cus_1",
      merchantId: "mer_1",
      requestHash: new Uint8Array(32),
      ...fields,
    },
    select: { id: true },
  });
}

type CaseFields = Partial<Prisma.CaseUncheckedCreateInput>;

/** A case, with a payment of its own unless one is named. */
export async function seedCase(
  db: Database,
  fields: CaseFields = {},
): Promise<{ id: string; transactionId: string }> {
  const transactionId = fields.transactionId ?? (await seedPayment(db)).id;
  return db.case.create({
    data: {
      origin: "policy",
      openedAt: paidAt,
      expectedLossMinor: 9_000n,
      amountMinor: 12_999n,
      currency: "EUR",
      score: 0.7,
      topReason: "3 of this merchant's last 40 payments were fraud",
      customerId: "cus_1",
      merchantId: "mer_1",
      ...fields,
      rankMinor: fields.rankMinor ?? fields.expectedLossMinor ?? 9_000n,
      transactionId,
    },
    select: { id: true, transactionId: true },
  });
}

/** Closes a case that needs no second person. */
export async function closeOutright(ctx: ServiceContext, input: CloseCaseInput): Promise<ClosedCase> {
  const closed = await closeCase(ctx, input);
  if (closed.status === "pending_approval") throw new Error(`Approval asked for: ${closed.because}`);
  return closed;
}

/** The decision of a payment, with a policy version of its own. */
export async function seedDecision(
  db: Database,
  transactionId: string,
  fields: Partial<Prisma.DecisionUncheckedCreateInput> = {},
): Promise<void> {
  const policy = await db.policyVersion.create({
    data: { body: defaultPolicy, createdAt: paidAt, status: "retired" },
  });
  await db.decision.create({
    data: {
      transactionId,
      occurredAt: paidAt,
      scoredAt: paidAt,
      outcome: "review",
      score: 0.7,
      policyVersionId: policy.id,
      featureSetVersion: "default@test",
      features: new Uint8Array(0),
      reasons: [{ code: "amount", text: "€129.99 here; usually €20 to €80", contribution: 1.42 }],
      propensity: 1,
      expectedLossMinor: 9_000n,
      amountMinor: 12_999n,
      currency: "EUR",
      response: "{}",
      ...fields,
    },
  });
}
