import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { handbookFeatureSet } from "#ml/features/handbook-set.ts";
import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { decide, defaultPolicy, type Policy } from "#server/domain/policy.ts";
import { handMadeArtifact, promoteArtifact } from "#server/scoring/testing/champion.ts";
import { uuidV7 } from "#server/scoring/uuid-v7.ts";
import { checkReplay } from "#server/services/training/index.ts";
import { CrashInstallation } from "./installation.ts";
import { decisionIn, startWatchedLoad } from "./watched-load.ts";

const SWAPS = 100;
const exploration = { ...defaultPolicy.exploration, approveShare: 0 };
const thresholds = { ...defaultPolicy, mode: "thresholds", exploration } as const;
const policies: readonly Policy[] = [
  { ...thresholds, reviewThreshold: 0.02, declineThreshold: 0.5 },
  { ...thresholds, reviewThreshold: 0.6, declineThreshold: 0.95 },
];
const amountTo = (points: number, feature: string) => [{ feature, from: 0, to: 100_000, points }];
const artifacts = [
  handMadeArtifact(defaultFeatureSet, amountTo(8, "amount"), -6),
  handMadeArtifact(defaultFeatureSet, amountTo(3, "amount"), -1),
  handMadeArtifact(handbookFeatureSet, amountTo(5, "TX_AMOUNT"), -3),
];

test("of a hundred swaps of model and policy under load every answer comes wholly from one", {
  timeout: 240_000,
}, async () => {
  const installation = new CrashInstallation();
  try {
    await installation.start(true);
    const pool = openPool(installation.databaseUrl, 2);
    const load = startWatchedLoad(installation, 16);
    const featureSetOf = new Map<string, string>();
    const policyOf = new Map<string, Policy>();
    for (let swap = 0; swap < SWAPS; swap++) {
      const artifact = artifacts[swap % artifacts.length] ?? handMadeArtifact();
      featureSetOf.set(await promoteArtifact(pool, artifact), artifact.featureSet.version);
      const policy = policies[swap % policies.length] ?? defaultPolicy;
      policyOf.set(await activate(pool, policy), policy);
      await pool.query("notify assay_serving");
      await sleep(50);
    }
    await load.stop();
    const decided = load.answers().filter(({ status }) => status === 200);
    expect(
      load
        .answers()
        .filter(({ status }) => status !== 200)
        .slice(0, 2),
    ).toEqual([]);
    const seen = new Set<string | null>();
    for (const answer of decided) {
      const decision = decisionIn(answer);
      seen.add(decision.modelVersion);
      const featureSet = featureSetOf.get(decision.modelVersion ?? "");
      if (featureSet !== undefined) expect(decision.featureSetVersion).toBe(featureSet);
      const policy = policyOf.get(decision.policyVersion);
      if (policy === undefined) continue; // of before the first swap
      const { amountMinor } = JSON.parse(answer.body) as { amountMinor: number };
      const score = decision.score ?? Number.NaN;
      expect(decision.outcome).toBe(decide({ status: "scored", score }, amountMinor, policy));
    }
    expect(seen.size).toBeGreaterThan(SWAPS / 4);
    await expectEveryScoreOfItsModel(installation.databaseUrl, decided.length);
    await pool.end();
  } finally {
    await installation.remove();
  }
});

async function activate(pool: Pool, policy: Policy): Promise<string> {
  const id = uuidV7(Date.now());
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("update policy_version set status = 'retired' where status = 'active'");
    await client.query(
      "insert into policy_version (id, status, body, created_at, activated_at) values ($1, 'active', $2, now(), now())",
      [id, policy],
    );
    await client.query("commit");
  } finally {
    client.release();
  }
  return id;
}

/** Each stored score is what the model that the decision names makes of the features that it names. */
async function expectEveryScoreOfItsModel(url: string, decided: number): Promise<void> {
  const [db, pool] = [openDatabase(url), openPool(url, 2)];
  try {
    const reports = await checkReplay({ db, pool }, { sample: null });
    const compared = reports.reduce((total, { scores }) => total + scores.compared, 0);
    expect(compared).toBeGreaterThanOrEqual(decided);
    expect(reports.map(({ scores, features }) => scores.differing + features.differing)).toEqual([0, 0]);
  } finally {
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}
