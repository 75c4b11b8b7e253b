import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet, withAttributes } from "./default-set.ts";
import { createFeatureEngine } from "./engine.ts";
import type { FeatureSet } from "./feature-set.ts";
import { paymentRows } from "./payment-rows.ts";
import { cameTooLate, type ReplayEvent, Replayer, type ReplayLabel } from "./replay.ts";
import { anyStream } from "./testing/arbitrary-stream.ts";

const set = withAttributes(defaultFeatureSet, ["v1"]);

/** A log as it grows: each label is there before a payment arrives, and live payments saw some of those there. */
type GrowingLog = {
  readonly events: readonly ReplayEvent[];
  readonly labels: readonly ReplayLabel[];
  /** how many labels there are when so many payments are */
  labelsAt(payments: number): number;
};

const logs: fc.Arbitrary<GrowingLog> = fc
  .record({
    stream: anyStream(),
    arrivals: fc.array(fc.nat(1000), { minLength: 100, maxLength: 100 }),
    seen: fc.array(fc.option(fc.nat(100), { freq: 3 }), { minLength: 40, maxLength: 40 }),
    shuffled: fc.boolean(),
    live: fc.boolean(),
    delay: fc.constantFrom(0, 0.2, 0.5, 0.9), // no label is there before that share of the payments
  })
  .map(({ stream, arrivals, seen, shuffled, live, delay }) => {
    const { events, labels } = stream;
    const sorted = arrivals.slice(0, labels.length).toSorted((a, b) => a - b);
    const position = sorted.map((at) => Math.floor((delay + (1 - delay) * (at / 1000)) * events.length));
    const labelsAt = (payments: number): number => position.filter((at) => at <= payments).length;
    const order = labels.map((label, i) => ({ label, key: shuffled ? (arrivals[i] ?? 0) % 17 : i }));
    const recorded = order
      .toSorted((a, b) => a.key - b.key)
      .map(({ label }, i) => ({ ...label, sequence: i + 1 }));
    return {
      labels: recorded,
      labelsAt,
      events: events.map((event, i) => {
        const percent = seen[i % seen.length] ?? null;
        const cursor = live && percent !== null ? Math.floor((labelsAt(i) * percent) / 100) : null;
        return { ...event, labelCursor: cursor };
      }),
    };
  });

function replayed(of: FeatureSet, events: readonly ReplayEvent[], labels: readonly ReplayLabel[]): Replayer {
  const replayer = new Replayer(createFeatureEngine(of));
  replayer.offerLabels(labels);
  for (const event of events) replayer.next(event, null, 0);
  return replayer;
}

/** Another replayer with the state and the place of one, offered the labels that it had not applied. */
function continued(from: Replayer, labels: readonly ReplayLabel[]): Replayer {
  const engine = createFeatureEngine(from.engine.featureSet);
  engine.restore(from.engine.snapshot());
  const replayer = new Replayer(engine);
  replayer.resume(from.progress);
  replayer.offerLabels(labels.filter((label) => (label.sequence ?? 0) > from.progress.cursor));
  return replayer;
}

test.each([set, handbookFeatureSet])(
  "a replay that goes on from any cut comes to the bytes of a replay of everything, unless a label came too late: $name",
  (of) => {
    fc.assert(
      fc.property(logs, fc.nat(40), fc.nat(40), ({ events, labels, labelsAt }, cutAt, againAt) => {
        const [first, second] = [cutAt, againAt]
          .map((at) => at % (events.length + 1))
          .sort((a, b) => a - b) as [number, number];
        const snapshot = replayed(of, events.slice(0, first), labels.slice(0, labelsAt(first)));
        const next = labels[snapshot.progress.cursor];
        const soFar = replayed(of, events.slice(0, first), labels);
        const late = next !== undefined && cameTooLate(snapshot.progress, next);
        expect(late).toBe(soFar.progress.cursor !== snapshot.progress.cursor);
        if (late) return;
        const rest = continued(continued(snapshot, labels), labels);
        rest.nextRows(paymentRows(of, events.slice(first, second)), new Uint8Array(second - first), {
          values: new Float64Array(0),
          offset: 0,
        });
        const last = continued(rest, labels);
        for (const event of events.slice(second)) last.next(event, null, 0);
        const whole = replayed(of, events, labels);
        expect(last.progress).toEqual(whole.progress);
        expect(Buffer.compare(last.engine.snapshot(), whole.engine.snapshot())).toBe(0);
        for (const replayer of [last, whole]) replayer.applyOffered();
        expect(Buffer.compare(last.engine.snapshot(), whole.engine.snapshot())).toBe(0);
      }),
      { numRuns: 150 },
    );
  },
);

test("labels that came too late are met by these logs, and so are cuts without any", () => {
  const met = { late: 0, inTime: 0, allApplied: 0 };
  fc.assert(
    fc.property(logs, fc.nat(40), ({ events, labels, labelsAt }, at) => {
      const cut = at % (events.length + 1);
      const { progress } = replayed(handbookFeatureSet, events.slice(0, cut), labels.slice(0, labelsAt(cut)));
      const next = labels[progress.cursor];
      if (next === undefined) met.allApplied++;
      else if (cameTooLate(progress, next)) met.late++;
      else met.inTime++;
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(met.allApplied).toBeGreaterThan(0);
  expect(Math.min(met.late, met.inTime)).toBeGreaterThan(10);
});
