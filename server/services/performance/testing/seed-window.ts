import type { Database } from "#server/db/client.ts";
import type { CostModel } from "#server/domain/cost.ts";
import type { Label } from "#server/domain/label.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { defaultPolicy, type Policy } from "#server/domain/policy.ts";
import { seedPayment } from "#server/services/case/testing/seed.ts";

export const now = new Date("2026-11-20T12:00:00.000Z");
const DAY_MS = 86_400_000;

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
  for (const decision of decisions) {
    const occurredAt = new Date(now.getTime() - (decision.daysAgo ?? 40) * DAY_MS);
    const money = { amountMinor: decision.amountMinor ?? 1_000n, currency: decision.currency ?? "EUR" };
    const customer = decision.customerId === undefined ? {} : { customerId: decision.customerId };
    const { id } = await seedPayment(db, { occurredAt, ...money, ...customer });
    await db.decision.create({
      data: {
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
        propensity: 0,
        expectedLossMinor: 0n,
        ...money,
        response: "{}",
        origin: decision.origin ?? "live",
      },
    });
    if (decision.label == null) continue;
    const at = { occurredAt, recordedAt: occurredAt };
    const label = { transactionId: id, label: decision.label, source: "chargeback" };
    const { seq } = await db.label.create({ data: { ...label, ...at, actorKind: "system" } });
    await db.effectiveLabel.create({ data: { ...label, ...at, labelSeq: seq } });
  }
}
