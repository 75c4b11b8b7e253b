import { expect, test } from "vitest";
import { WorkMeter } from "./work-meter.ts";

test("only the time in view counts", () => {
  const meter = new WorkMeter(1_000, true);
  meter.view(4_000, false);
  meter.view(60_000, true);
  expect(meter.read(62_500).seconds).toBe(5.5);
});

test("a page opened in the background has taken no time yet", () => {
  const meter = new WorkMeter(0, false);
  expect(meter.read(9_000).seconds).toBe(0);
  meter.view(9_000, true);
  expect(meter.read(10_000).seconds).toBe(1);
});

test("key presses and clicks are counted, a key held down once", () => {
  const meter = new WorkMeter(0, true);
  meter.key(false);
  meter.key(true);
  meter.key(false);
  meter.click();
  expect(meter.read(0)).toEqual({ seconds: 0, keystrokes: 2, clicks: 1 });
});

test("a clock that was set back takes nothing away, and a day is the most", () => {
  const meter = new WorkMeter(1_000, true);
  expect(meter.read(0).seconds).toBe(0);
  expect(meter.read(1e12).seconds).toBe(86_400);
});
