import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

test("stages, decisions, problems, batches and gauges are told to Prometheus", async () => {
  const gauges = { queueDepth: () => 3, storeSize: () => 4, ready: () => true };
  const metrics = createMetrics(gauges, false);
  metrics.observe("commit", 0.004);
  metrics.countDecision("review", true);
  metrics.countDecision("approve", false);
  metrics.countProblem("conflict");
  metrics.observeBatch(16);
  const text = await metrics.registry.metrics();
  expect(text).toContain('assay_scoring_seconds_bucket{le="0.005",stage="commit"} 1');
  expect(text).toContain('assay_scoring_seconds_bucket{le="0.002",stage="commit"} 0');
  expect(text).toContain('assay_decisions_total{outcome="review",failed="true"} 1');
  expect(text).toContain('assay_problems_total{kind="conflict"} 1');
  expect(text).toContain("assay_batch_size_sum 16");
  expect(text).toContain("assay_queue_depth 3");
  expect(text).toContain("assay_feature_store_entities 4");
  expect(text).toContain("assay_ready 1");
});
