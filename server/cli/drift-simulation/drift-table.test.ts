import { expect, test } from "vitest";
import type { DriftAlert } from "#ml/monitoring/drift-alerts.ts";
import { driftResult, driftTable } from "./drift-table.ts";
import type { WatchAnswer } from "./watch-world.ts";

const alert = (subject: string): DriftAlert => ({ kind: "impact", subject, direction: "above" });
const answer = (drift: WatchAnswer["drift"], alerts: readonly DriftAlert[][]): WatchAnswer => ({
  seed: 1,
  drift,
  weeks: alerts.length,
  alerts,
});

test("an alert that stays is one false alarm, another one beside it a second", () => {
  const calm = answer(null, [[], [alert("a")], [alert("a")], [alert("a"), alert("b")], []]);
  expect(driftResult([calm]).falseAlarmsPerWeek).toBe(2 / 5);
});

test("weeks to detect are the median over worlds, and none where most found nothing", () => {
  const found = (week: number) => [...new Array(week - 1).fill([]), [alert("a")], []];
  const answers = [
    answer("label_delay", found(2)),
    answer("label_delay", found(4)),
    answer("label_delay", [[], []]),
    answer("country_mix", found(1)),
    answer("country_mix", [[], []]),
    answer("country_mix", [[], []]),
  ];
  expect(driftResult(answers).windowsToDetect).toMatchObject({ label_delay: 4, country_mix: null });
  expect(driftTable(answers)).toContain("| label_delay | 4 | 2, 4, – | impact a · impact a · none |");
});
