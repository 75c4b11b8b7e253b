import type { CanaryArm } from "#server/domain/canary.ts";
import { stakeMinor } from "#server/domain/disagreement.ts";
import { drawOf } from "#server/domain/exploration.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { decide, type Policy, policyFor } from "#server/domain/policy.ts";

/** A live decision that two models scored. */
export type ShadowedDecision = {
  readonly seq: number;
  readonly transactionId: string;
  readonly scoredAt: Date;
  readonly servedBy: string | null;
  readonly shadowedBy: string;
  readonly score: number | null;
  readonly shadowScore: number | null;
  readonly failure: string | null;
  readonly outcome: Outcome;
  readonly policyVersionId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly channel: string | null;
  readonly customerId: string;
};

export type KnownCanary = {
  readonly id: string;
  readonly version: string;
  readonly champion: string;
  readonly from: Date;
  readonly running: boolean;
};

/** Random groups of customers in an arm: enough to know their spread, few enough to read at every look. */
const GROUPS = 100;

export type PairCount = {
  readonly versionId: string;
  readonly currency: string;
  readonly championOutcome: Outcome | "failed";
  readonly versionOutcome: Outcome | "failed";
  payments: number;
  amountMinor: number;
  stakeMinor: number;
};

export type Disagreed = {
  readonly versionId: string;
  readonly transactionId: string;
  readonly at: Date;
  readonly currency: string;
  readonly amountMinor: number;
  readonly championOutcome: Outcome;
  readonly versionOutcome: Outcome;
  readonly championScore: number;
  readonly versionScore: number;
  readonly stakeMinor: number;
};

export type GroupSums = {
  readonly canaryId: string;
  readonly arm: CanaryArm;
  readonly group: number;
  payments: number;
  failed: number;
  errors: number;
  reviewed: number;
  declined: number;
};

/** Adds up decisions that two models scored: how often they agree, on what they do not, and the arms of a canary. */
export class ShadowTally {
  readonly #canaries: readonly KnownCanary[];
  readonly #pairs = new Map<string, PairCount>();
  readonly #groups = new Map<string, GroupSums>();
  readonly disagreements: Disagreed[] = [];

  constructor(canaries: readonly KnownCanary[]) {
    this.#canaries = canaries;
  }

  add(row: ShadowedDecision, policy: Policy): void {
    const swapped = this.#canaries.find(
      (one) => one.version === row.servedBy && one.champion === row.shadowedBy,
    );
    this.#addPair(row, { isSwapped: swapped !== undefined, policy });
    const running = this.#canaries.find((one) => one.running && one.from <= row.scoredAt);
    if (running === undefined) return;
    if (running === swapped) this.#addToArm(running.id, "canary", row);
    else if (running.champion === row.servedBy && running.version === row.shadowedBy)
      this.#addToArm(running.id, "champion", row);
  }

  pairs(): PairCount[] {
    return [...this.#pairs.values()];
  }

  groups(): GroupSums[] {
    return [...this.#groups.values()];
  }

  #addPair(row: ShadowedDecision, { isSwapped, policy }: { isSwapped: boolean; policy: Policy }): void {
    const { amountMinor, currency, channel, transactionId } = row;
    const versionId = isSwapped ? (row.servedBy ?? "") : row.shadowedBy;
    const [championScore, versionScore] = isSwapped
      ? [row.shadowScore, row.score]
      : [row.score, row.shadowScore];
    const ofSegment = policyFor(policy, { currency, channel });
    const outcomeOf = (score: number | null): Outcome | "failed" =>
      score === null ? "failed" : decide({ status: "scored", score }, amountMinor, ofSegment);
    const [championOutcome, versionOutcome] = [outcomeOf(championScore), outcomeOf(versionScore)];
    let stake = 0;
    if (
      championScore !== null &&
      versionScore !== null &&
      championOutcome !== "failed" &&
      versionOutcome !== "failed" &&
      championOutcome !== versionOutcome
    ) {
      const opinions = [
        { score: championScore, outcome: championOutcome },
        { score: versionScore, outcome: versionOutcome },
      ] as const;
      stake = stakeMinor(opinions, amountMinor, ofSegment.cost);
      const scores = { championScore, versionScore };
      const outcomes = { championOutcome, versionOutcome };
      const what = { versionId, transactionId, at: row.scoredAt, currency, amountMinor };
      this.disagreements.push({ ...what, ...outcomes, ...scores, stakeMinor: stake });
    }
    const key = `${versionId} ${currency} ${championOutcome} ${versionOutcome}`;
    const pair = this.#pairs.get(key) ?? {
      ...{ versionId, currency, championOutcome, versionOutcome },
      ...{ payments: 0, amountMinor: 0, stakeMinor: 0 },
    };
    pair.payments++;
    pair.amountMinor += amountMinor;
    pair.stakeMinor += stake;
    this.#pairs.set(key, pair);
  }

  #addToArm(canaryId: string, arm: CanaryArm, row: ShadowedDecision): void {
    const group = Math.floor(drawOf(`group ${row.customerId}`) * GROUPS);
    const key = `${arm} ${group}`;
    const sums = this.#groups.get(key) ?? {
      ...{ canaryId, arm, group },
      ...{ payments: 0, failed: 0, errors: 0, reviewed: 0, declined: 0 },
    };
    sums.payments++;
    if (row.score === null) sums.failed++;
    if (row.failure !== null) sums.errors++;
    if (row.outcome === "review") sums.reviewed++;
    if (row.outcome === "decline") sums.declined++;
    this.#groups.set(key, sums);
  }
}
