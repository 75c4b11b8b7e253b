import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet, withAttributes } from "./default-set.ts";
import { createFeatureEngine, type FeatureEngine } from "./engine.ts";
import type { FeatureSet } from "./feature-set.ts";
import { Replayer, replay } from "./replay.ts";
import { anyStream, arbitraryStream, DAY_MS, labelOf, type Stream } from "./testing/arbitrary-stream.ts";
import { payment, START_MS } from "./testing/payment.ts";

const set = withAttributes(defaultFeatureSet, ["v1"]);

function row(matrix: Float64Array, index: number, of: FeatureSet): Float64Array {
  const width = of.definitions.length;
  return matrix.slice(index * width, (index + 1) * width);
}

function featureOf(matrix: Float64Array, index: number, name: string): number | undefined {
  return row(matrix, index, defaultFeatureSet)[
    defaultFeatureSet.definitions.findIndex((d) => d.name === name)
  ];
}

function restarted(engine: FeatureEngine): FeatureEngine {
  const fresh = createFeatureEngine(engine.featureSet);
  fresh.restore(engine.snapshot());
  return fresh;
}

/** What a server does: labels as they come, restarts, batches that commit and batches that fail first. */
function serveOnline(
  of: FeatureSet,
  stream: Stream,
  restarts: readonly boolean[],
  failures: readonly boolean[],
): Float64Array {
  const width = of.definitions.length;
  const out = new Float64Array(stream.events.length * width);
  let engine = createFeatureEngine(of);
  let nextLabel = 0;
  stream.events.forEach((event, i) => {
    for (; nextLabel < stream.labels.length; nextLabel++) {
      const label = stream.labels[nextLabel];
      if (label === undefined || label.recordedAtMs > event.occurredAtMs) break;
      engine.applyLabel(label);
    }
    if (failures[i % failures.length] === true) {
      engine.begin();
      for (const other of stream.events.slice(i, i + 3)) engine.observe(other);
      engine.rollback();
    }
    engine.begin();
    engine.compute(event, out, i * width);
    engine.observe(event);
    engine.commit();
    if (restarts[i % restarts.length] === true) engine = restarted(engine);
  });
  return out;
}

test.each([set, handbookFeatureSet])(
  "online equals replay bit for bit under restarts, failed batches and late payments: $name",
  (of) => {
    const flags = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(anyStream(), flags, flags, (stream, restarts, failures) => {
        expect(serveOnline(of, stream, restarts, failures)).toEqual(replay(of, stream.events, stream.labels));
      }),
      { numRuns: 60 },
    );
  },
);

test("other entities between a customer's payments do not change its features", () => {
  const own = defaultFeatureSet.definitions
    .map((d, i) => (d.entity === "customer" ? i : -1))
    .filter((i) => i >= 0);
  fc.assert(
    fc.property(arbitraryStream({ late: false }), ({ events, labels }) => {
      const all = replay(defaultFeatureSet, events, labels);
      const alone = replay(
        defaultFeatureSet,
        events.filter((e) => e.customerId === "cus_0"),
        labels.filter((l) => l.customerId === "cus_0"),
      );
      let index = 0;
      events.forEach((event, i) => {
        if (event.customerId !== "cus_0") return;
        const together = row(all, i, defaultFeatureSet);
        const apart = row(alone, index++, defaultFeatureSet);
        expect(own.map((f) => together[f])).toEqual(own.map((f) => apart[f]));
      });
    }),
  );
});

test("shifting or turning every label after a time changes no feature before it", () => {
  fc.assert(
    fc.property(anyStream(), fc.nat(200), fc.nat(90), fc.boolean(), (stream, day, shift, turn) => {
      const cutMs = START_MS + day * DAY_MS;
      const labels = stream.labels
        .map((l) => {
          if (l.recordedAtMs <= cutMs) return l;
          const label = turn ? (l.label === "fraud" ? "legitimate" : "fraud") : l.label;
          return { ...l, label, recordedAtMs: l.recordedAtMs + shift * DAY_MS } as const;
        })
        .toSorted((a, b) => a.recordedAtMs - b.recordedAtMs);
      // Everything that arrives before the first payment at or after the cut.
      const first = stream.events.findIndex((e) => e.occurredAtMs > cutMs);
      const before = stream.events.slice(0, first < 0 ? undefined : first);
      expect(replay(set, before, labels)).toEqual(replay(set, before, stream.labels));
    }),
  );
});

test("dropping all labels changes only what is about fraud", () => {
  const rates = new Set(
    defaultFeatureSet.definitions.flatMap((d, i) => (/fraud|cleared|run_start/.test(d.aggregate) ? [i] : [])),
  );
  fc.assert(
    fc.property(arbitraryStream({ late: false }), ({ events, labels }) => {
      const width = defaultFeatureSet.definitions.length;
      const others = (m: Float64Array): number[] => [...m].filter((_, i) => !rates.has(i % width));
      expect(others(replay(defaultFeatureSet, events, labels))).toEqual(
        others(replay(defaultFeatureSet, events, [])),
      );
    }),
  );
});

test("a cursor names exactly the labels that a payment saw, whatever their times", () => {
  const first = payment({ id: "pay_1" });
  const label = { ...labelOf(first, START_MS + DAY_MS, true), sequence: 5 };
  const second = (labelCursor: number | null) =>
    payment({ id: "pay_2", occurredAtMs: START_MS + 2 * DAY_MS, labelCursor });
  const rate = (cursor: number | null) =>
    featureOf(replay(defaultFeatureSet, [first, second(cursor)], [label]), 1, "merchant_fraud_rate_7d");
  expect(rate(4)).toBeCloseTo(0.05 / 11, 12);
  expect(rate(5)).toBeCloseTo(1.05 / 11, 12);
  expect(rate(null)).toBeCloseTo(1.05 / 11, 12);
});

test("a label recorded at the very time of a payment counts for it, one a millisecond later does not", () => {
  const first = payment({ id: "pay_1" });
  const second = payment({ id: "pay_2", occurredAtMs: START_MS + DAY_MS });
  const rate = (atMs: number) =>
    featureOf(
      replay(defaultFeatureSet, [first, second], [labelOf(first, atMs, true)]),
      1,
      "merchant_fraud_rate_7d",
    );
  expect(rate(START_MS + DAY_MS)).toBeCloseTo(1.05 / 11, 12);
  expect(rate(START_MS + DAY_MS + 1)).toBeCloseTo(0.05 / 11, 12);
});

test("a label recorded at its own payment's time does not count for that payment", () => {
  const first = payment({ id: "pay_1" });
  const second = payment({ id: "pay_2" });
  const third = payment({ id: "pay_3", occurredAtMs: START_MS + 1 });
  const labels = [labelOf(second, START_MS, true)];
  const matrix = replay(defaultFeatureSet, [first, second, third], labels);
  expect(featureOf(matrix, 1, "merchant_fraud_rate_7d")).toBeCloseTo(0.05 / 11, 12);
  expect(featureOf(matrix, 2, "merchant_fraud_rate_7d")).toBeCloseTo(1.05 / 12, 12);
});

test("only included payments get a row, and the others still count", () => {
  const events = [payment({ id: "pay_1" }), payment({ id: "pay_2", occurredAtMs: START_MS + 1000 })];
  const matrix = replay(defaultFeatureSet, events, [], { include: (event) => event.id === "pay_2" });
  expect(matrix).toHaveLength(defaultFeatureSet.definitions.length);
  expect(featureOf(matrix, 0, "customer_count_1d")).toBe(1);
});

test("labels out of order are refused", () => {
  const replayer = new Replayer(createFeatureEngine(defaultFeatureSet));
  const event = payment({ id: "pay_1" });
  replayer.offerLabels([labelOf(event, START_MS + 5, true)]);
  expect(() => replayer.offerLabels([labelOf(event, START_MS + 4, false)])).toThrow(RangeError);
});

test("labels may be offered in pieces as rows stream by", () => {
  fc.assert(
    fc.property(arbitraryStream({ late: false }), ({ events, labels }) => {
      const width = set.definitions.length;
      const out = new Float64Array(events.length * width);
      const replayer = new Replayer(createFeatureEngine(set));
      let offered = 0;
      events.forEach((event, i) => {
        const due = labels.slice(offered).filter((l) => l.recordedAtMs <= event.occurredAtMs);
        offered += due.length;
        replayer.offerLabels(due);
        replayer.next(event, out, i * width);
      });
      expect(out).toEqual(replay(set, events, labels));
    }),
    { numRuns: 40 },
  );
});
