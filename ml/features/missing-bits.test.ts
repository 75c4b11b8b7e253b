import { expect, test } from "vitest";
import { defaultFeatureSet } from "./default-set.ts";
import { createFeatureEngine } from "./engine.ts";
import { payment } from "./testing/payment.ts";

test("every missing value has the same bits, so that vectors can be compared byte for byte", () => {
  const engine = createFeatureEngine(defaultFeatureSet);
  const row = new Float64Array(defaultFeatureSet.definitions.length);
  const bits = new BigUint64Array(row.buffer);
  const patterns = new Set<bigint>();
  for (let i = 0; i < 5_000; i++) {
    const place = i % 3 === 0 ? null : 52.5;
    const at = { latitude: place, longitude: 13.4 };
    const event = payment({ id: `pay_${i}`, customerId: `cus_${i % 900}`, ...at });
    engine.compute(event, row, 0);
    engine.observe(event);
    row.forEach((value, at) => {
      if (Number.isNaN(value)) patterns.add(bits[at] ?? 0n);
    });
  }
  expect([...patterns]).toEqual([0x7ff8_0000_0000_0000n]);
});
