import { expect, test } from "vitest";
import { isPresent, type Presence } from "./presence.ts";

const noon = new Date("2026-11-20T12:00:00.000Z");
const at = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000);
const there: Presence = { role: "analyst", disabledAt: null, awayFrom: null, awayUntil: null };

test.each<[string, Partial<Presence>, boolean]>([
  ["an analyst with no time off is there", {}, true],
  ["a lead works on cases too", { role: "lead" }, true],
  ["a viewer works on none", { role: "viewer" }, false],
  ["a role that is not known works on none", { role: "clerk" }, false],
  ["somebody disabled is not there", { disabledAt: at(-1) }, false],
  ["time off begins at its first moment", { awayFrom: noon, awayUntil: at(1) }, false],
  ["and has ended at its last", { awayFrom: at(-1), awayUntil: noon }, true],
  ["time off to come is none yet", { awayFrom: at(1), awayUntil: at(2) }, true],
  ["time off without an end lasts", { awayFrom: at(-9999) }, false],
  ["an end without a beginning is no time off", { awayUntil: at(1) }, true],
])("presence: %s", (_, given, present) => {
  expect(isPresent({ ...there, ...given }, noon)).toBe(present);
});
