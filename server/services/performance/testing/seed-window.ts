import { randomUUID } from "node:crypto";
import type { Database } from "#server/db/client.ts";
import type { CostModel } from "#server/domain/cost.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { Label } from "#server/domain/label.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { defaultPolicy, type Policy } from "#server/domain/policy.ts";

export const now = new Date("2026-11-20T12:00:00.000Z");
export type SeedDecision = {
  readonly score: number | null;
  readonly label?: Label | null;
  readonly daysAgo?: number;
  readonly outcome?: Outcome;
  readonly origin?: "live" | "backfill";
  readonly amountMinor?: bigint;
  readonly currency?: string;
  readonly modelVersionId?: string;
  readonly customerId?: string;
  readonly exploration?: string;
  readonly propensity?: number;
};

/** An active policy, maturity 30 days unless said otherwise. */
export async function seedPolicy(
  db: Database,
  changes: Partial<Omit<Policy, "cost">> & { readonly cost?: CostModel } = {},
): Promise<string> {
  const body = { ...defaultPolicy, ...changes };
  const data = { status: "active", body, createdAt: now, activatedAt: now };
  return (await db.policyVersion.create({ data })).id;
}

export async function seedModel(db: Database, status = "champion"): Promise<string> {
  const hash = `hash-${Math.floor(performance.now() * 1e6)}`;
  await db.modelArtifact.create({ data: { hash, bytes: new Uint8Array(1) } });
  const version = await db.modelVersion.create({
    data: {
      status,
      family: "logistic_regression",
      featureSetName: "default",
      featureSetVersion: "default@test",
      artifactHash: hash,
      createdAt: now,
      trainedFrom: now,
      trainedTo: now,
      promotedAt: now,
      metrics: {},
    },
  });
  return version.id;
}

/** Payments with their decisions and labels, 40 days old unless said otherwise. */
export async function seedDecisions(
  db: Database,
  owner: { readonly policyVersionId: string; readonly modelVersionId: string },
  decisions: readonly SeedDecision[],
): Promise<void> {
  const rows = decisions.map((decision) => ({
    decision,
    id: `pay_${randomUUID()}`,
    occurredAt: new Date(now.getTime() - (decision.daysAgo ?? 40) * DAY_MS),
    money: { amountMinor: decision.amountMinor ?? 1_000n, currency: decision.currency ?? "EUR" },
  }));
  await db.transaction.createMany({
    data: rows.map(({ id, occurredAt, money, decision }) => ({
      id,
      occurredAt,
      ...money,
      customerId: decision.customerId ?? "cus_1",
      merchantId: "mer_1",
      requestHash: new Uint8Array(32),
    })),
  });
  await db.decision.createMany({
    data: rows.map(({ id, occurredAt, money, decision }) => ({
      transactionId: id,
      occurredAt,
      scoredAt: occurredAt,
      outcome: decision.outcome ?? "approve",
      score: decision.score,
      policyVersionId: owner.policyVersionId,
      modelVersionId: decision.modelVersionId ?? owner.modelVersionId,
      featureSetVersion: "default@test",
      features: new Uint8Array(0),
      reasons: [],
      exploration: decision.exploration ?? null,
      propensity: decision.propensity ?? 0,
      expectedLossMinor: 0n,
      ...money,
      response: "{}",
      origin: decision.origin ?? "live",
    })),
  });
  await db.effectiveLabel.createMany({
    data: rows.flatMap(({ id, occurredAt, decision: { label } }, at) =>
      label == null
        ? []
        : {
            transactionId: id,
            label,
            source: "chargeback",
            labelSeq: BigInt(at),
            recordedAt: occurredAt,
            occurredAt,
          },
    ),
  });
}
