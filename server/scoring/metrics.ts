import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Outcome } from "#server/domain/outcome.ts";
import { answerBounds } from "#server/domain/scoring-time.ts";
import { CountsSince, ModelTimes, type TakenTimes } from "./model-times.ts";
import { StageHistogram } from "./stage-histogram.ts";

const stages = ["queue", "lookup", "features", "model", "commit", "total"] as const;
export type Stage = (typeof stages)[number];

/** What the scoring server counts. No label holds anything that a caller sent. */
export type ScoringMetrics = {
  readonly registry: Registry;
  observe(stage: Stage, seconds: number): void;
  /** A model took so long to score so many payments. */
  observeModel(modelVersionId: string, seconds: number, payments: number): void;
  /** What was observed since the last call: requests by duration, and each model's payments by theirs. */
  takeTimes(): TakenTimes;
  countDecision(outcome: Outcome, failed: boolean): void;
  countProblem(kind: string): void;
  observeBatch(size: number): void;
  /** `count` payments were answered from an earlier decision. */
  countRepeats(count: number): void;
  countCommitFailure(): void;
};

export type Gauges = {
  queueDepth(): number;
  storeSize(): number;
  /** bytes that feature state takes; 0 where it is not known */
  storeBytes(): number;
  ready(): boolean;
};

/** Metrics in a registry of their own; `gauges` are read when they are scraped. */
export function createMetrics(gauges: Gauges, processMetrics = true): ScoringMetrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const latency = new StageHistogram({
    name: "assay_scoring_seconds",
    help: "Time by stage: wait in the queue, look-up, features, model with rules and reasons, commit, and the whole request",
    buckets: answerBounds,
    stages,
    registers,
  });
  const answers = new CountsSince();
  const models = new ModelTimes();
  const batches = new Histogram({
    name: "assay_batch_size",
    help: "Payments written by one commit",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const repeats = counter(registers, "assay_repeats_total", "Payments answered from an earlier decision");
  const failures = counter(registers, "assay_commit_failures_total", "Commits that failed or fell silent");
  gauge(registers, "assay_queue_depth", "Payments that wait for a commit", gauges.queueDepth);
  gauge(registers, "assay_feature_store_entities", "Entities that features are kept for", gauges.storeSize);
  gauge(registers, "assay_feature_store_bytes", "Bytes that feature state takes", gauges.storeBytes);
  gauge(registers, "assay_ready", "1 when the server can score and the champion is loaded", () =>
    gauges.ready() ? 1 : 0,
  );
  return {
    registry,
    observe: (stage, seconds) => latency.add(stage, seconds),
    observeModel: (modelVersionId, seconds, payments) =>
      models.add(modelVersionId, seconds / payments, payments),
    takeTimes: () => ({ answers: answers.take(latency.counts("total")), models: models.take() }),
    countDecision: countDecisions(registers),
    countProblem: countProblems(registers),
    observeBatch: (size) => batches.observe(size),
    countRepeats: (count) => repeats.inc(count),
    countCommitFailure: () => failures.inc(),
  };
}

/** Counted in maps, and told to the counter when it is scraped. */
function countDecisions(registers: Registry[]): ScoringMetrics["countDecision"] {
  const scored = new Map<Outcome, number>();
  const failed = new Map<Outcome, number>();
  new Counter({
    name: "assay_decisions_total",
    help: "Decisions made, by outcome; failed ones had no usable score",
    labelNames: ["outcome", "failed"],
    registers,
    collect() {
      drain(scored, (outcome, count) => this.inc({ outcome, failed: "false" }, count));
      drain(failed, (outcome, count) => this.inc({ outcome, failed: "true" }, count));
    },
  });
  return (outcome, hasFailed) => tally(hasFailed ? failed : scored, outcome);
}

function countProblems(registers: Registry[]): ScoringMetrics["countProblem"] {
  const problems = new Map<string, number>();
  new Counter({
    name: "assay_problems_total",
    help: "Requests and batch items answered by a problem document, by kind",
    labelNames: ["kind"],
    registers,
    collect() {
      drain(problems, (kind, count) => this.inc({ kind }, count));
    },
  });
  return (kind) => tally(problems, kind);
}

function tally<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function drain<K>(counts: Map<K, number>, add: (key: K, count: number) => void): void {
  for (const [key, count] of counts) add(key, count);
  counts.clear();
}

function counter(registers: Registry[], name: string, help: string): Counter {
  return new Counter({ name, help, registers });
}

function gauge(registers: Registry[], name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}
