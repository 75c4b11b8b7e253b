import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet } from "./default-set.ts";
import { DISTINCT_CAP } from "./distinct-table.ts";
import { defineFeatureSet, exactResolution, type FeatureSet } from "./feature-set.ts";
import { replay } from "./replay.ts";
import { arbitraryStream, DAY_MS, labelOf, type Stream } from "./testing/arbitrary-stream.ts";
import { bruteForce, worldOf } from "./testing/brute-force.ts";
import { payment, START_MS } from "./testing/payment.ts";

const exact = defineFeatureSet("exact", defaultFeatureSet.definitions, exactResolution);
function expectBruteForce(set: FeatureSet, stream: Stream, retentionMs: number): void {
  const matrix = replay(set, stream.events, stream.labels);
  const width = set.definitions.length;
  for (let i = 0; i < stream.events.length; i++) {
    const world = worldOf(stream, i, retentionMs);
    for (const [f, definition] of set.definitions.entries()) {
      const got = matrix[i * width + f] ?? 0;
      const wanted = bruteForce(definition, world, set);
      const close = Object.is(got, wanted) || Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
      if (!close) expect.fail(`row ${i} ${definition.name}: ${got}, by definition ${wanted}`);
    }
  }
}

test("at one second every feature of the default set equals its definition", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: false }), (stream) => expectBruteForce(exact, stream, 37 * DAY_MS)),
    { numRuns: 150 },
  );
});

test("at one second late payments too are counted at their own time", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: true }), (stream) => expectBruteForce(exact, stream, 37 * DAY_MS)),
    { numRuns: 150 },
  );
});

test("at one second runs of fraud, big payments and habits equal their definition where they are frequent", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: true, dense: true }), (stream) =>
      expectBruteForce(exact, stream, 37 * DAY_MS),
    ),
    { numRuns: 30 },
  );
});

test("the Handbook's set equals the book's definition on payments in order of time", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: false, maxLength: 60 }), ({ events }) => {
      const labels = events.map((e) => labelOf(e, e.occurredAtMs + 7 * DAY_MS, e.amountMinor % 3 === 0));
      expectBruteForce(handbookFeatureSet, { events, labels }, 37 * DAY_MS);
    }),
    { numRuns: 100 },
  );
});

test("at coarse tiles a window misses at most the tile that its left edge falls in", () => {
  const count = defaultFeatureSet.definitions.findIndex((d) => d.name === "customer_count_1d");
  fc.assert(
    fc.property(arbitraryStream({ late: false }), (stream) => {
      const matrix = replay(defaultFeatureSet, stream.events, []);
      stream.events.forEach((event, i) => {
        const own = stream.events.slice(0, i).filter((e) => e.customerId === event.customerId);
        const within = (ms: number) => own.filter((e) => e.occurredAtMs > event.occurredAtMs - ms).length;
        const got = matrix[i * defaultFeatureSet.definitions.length + count] ?? -1;
        expect(got).toBeLessThanOrEqual(within(DAY_MS));
        expect(got).toBeGreaterThanOrEqual(within(DAY_MS - 3_600_000));
      });
    }),
  );
});

test("distinct counts stop at their cap", () => {
  const events = Array.from({ length: 50 }, (_, i) =>
    payment({ id: `pay_${i}`, occurredAtMs: START_MS + i * 1000, deviceId: "dev_a", cardToken: `card_${i}` }),
  );
  const at = exact.definitions.findIndex((d) => d.name === "device_distinct_cards_1d");
  const counts = events.map((_, i) => replay(exact, events, [])[i * exact.definitions.length + at]);
  expect(counts).toEqual(events.map((_, i) => Math.min(i + 1, DISTINCT_CAP)));
});
