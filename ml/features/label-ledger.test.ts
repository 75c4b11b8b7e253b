import { expect, test } from "vitest";
import { LabelLedger } from "./label-ledger.ts";
import { copyState } from "./testing/copy-state.ts";

test("a transaction without a label has none", () => {
  expect(new LabelLedger(100).get("pay_1")).toBeNull();
});

test("the later label stands", () => {
  const ledger = new LabelLedger(100);
  ledger.set("pay_1", { recordedAtMs: 10, fraud: true });
  ledger.set("pay_1", { recordedAtMs: 20, fraud: false });
  expect(ledger.get("pay_1")).toEqual({ recordedAtMs: 20, fraud: false });
});

test("an entry lives at least the keeping time, and at most twice that", () => {
  for (let at = 0; at < 100; at += 7) {
    const ledger = new LabelLedger(100);
    ledger.set("early", { recordedAtMs: 0, fraud: false });
    ledger.set("pay_1", { recordedAtMs: at, fraud: true });
    for (let later = at + 1; later <= at + 100; later++)
      ledger.set("other", { recordedAtMs: later, fraud: false });
    expect(ledger.get("pay_1")).toEqual({ recordedAtMs: at, fraud: true });
    for (let later = at + 101; later <= at + 200; later++)
      ledger.set("other", { recordedAtMs: later, fraud: false });
    expect(ledger.get("pay_1")).toBeNull();
  }
});

test("a correction in the newer generation hides the older entry", () => {
  const ledger = new LabelLedger(100);
  ledger.set("pay_1", { recordedAtMs: 0, fraud: true });
  ledger.set("pay_1", { recordedAtMs: 100, fraud: false });
  expect(ledger.get("pay_1")).toEqual({ recordedAtMs: 100, fraud: false });
});

test("a restored ledger goes on alone", () => {
  const ledger = new LabelLedger(100);
  ledger.set("pay_1", { recordedAtMs: 3, fraud: true });
  const restored = new LabelLedger(100);
  copyState(ledger, restored);
  ledger.set("pay_1", { recordedAtMs: 4, fraud: false });
  expect(restored.get("pay_1")).toEqual({ recordedAtMs: 3, fraud: true });
});
