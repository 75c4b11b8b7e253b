import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Outcome } from "#server/domain/outcome.ts";

export type Stage = "wait" | "lookup" | "decide" | "commit" | "total";

/** What the scoring server counts. No label holds anything that a caller sent. */
export type ScoringMetrics = {
  readonly registry: Registry;
  observe(stage: Stage, seconds: number): void;
  countDecision(outcome: Outcome, failed: boolean): void;
  countProblem(kind: string): void;
  observeBatch(size: number): void;
};

export type Gauges = { queueDepth(): number; storeSize(): number; ready(): boolean };

const latencyBuckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2];

/** Metrics in a registry of their own; `gauges` are read when they are scraped. */
export function createMetrics(gauges: Gauges, processMetrics = true): ScoringMetrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const latency = new Histogram({
    name: "assay_scoring_seconds",
    help: "Time by stage: wait in the queue, look-up, decision, commit, and the whole request",
    labelNames: ["stage"],
    buckets: latencyBuckets,
    registers,
  });
  const decisions = new Counter({
    name: "assay_decisions_total",
    help: "Decisions made, by outcome; failed ones had no usable score",
    labelNames: ["outcome", "failed"],
    registers,
  });
  const problems = new Counter({
    name: "assay_problems_total",
    help: "Requests and batch items answered by a problem document, by kind",
    labelNames: ["kind"],
    registers,
  });
  const batches = new Histogram({
    name: "assay_batch_size",
    help: "Payments written by one commit",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  gauge(registers, "assay_queue_depth", "Payments that wait for a commit", gauges.queueDepth);
  gauge(registers, "assay_feature_store_entities", "Entities that features are kept for", gauges.storeSize);
  gauge(registers, "assay_ready", "1 when the server can score and the champion is loaded", () =>
    gauges.ready() ? 1 : 0,
  );
  return {
    registry,
    observe: (stage, seconds) => latency.observe({ stage }, seconds),
    countDecision: (outcome, failed) => decisions.inc({ outcome, failed: String(failed) }),
    countProblem: (kind) => problems.inc({ kind }),
    observeBatch: (size) => batches.observe(size),
  };
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
