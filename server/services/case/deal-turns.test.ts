import { expect, test } from "vitest";
import { dealTurns, type Player } from "./deal-turns.ts";

const from = new Date("2026-11-20T12:00:00.000Z");
const before = (minutes: number): Date => new Date(from.getTime() - minutes * 60_000);

function player(id: string, lastAssignedAt: Date | null, room = Number.POSITIVE_INFINITY): Player {
  return { id, name: id, lastAssignedAt, room };
}

const dealt = (caseIds: string[], players: Player[]): string[] =>
  dealTurns({ caseIds, players, from }).map(({ caseId, to }) => `${caseId}→${to.id}`);

test("who was never assigned any comes first, then whose turn lies longest back, round and round", () => {
  const players = [player("ada", before(1)), player("bob", before(9)), player("cyd", null)];
  expect(dealt(["1", "2", "3", "4"], players)).toEqual(["1→cyd", "2→bob", "3→ada", "4→cyd"]);
});

test("nobody gets more than there is room for; what is left over waits", () => {
  expect(dealt(["1", "2", "3", "4", "5"], [player("ada", null, 1), player("bob", null, 2)])).toEqual([
    "1→ada",
    "2→bob",
    "3→bob",
  ]);
  expect(dealt(["1"], [player("full", null, 0), player("over", null, -3)])).toEqual([]);
});

test("turns lie a millisecond apart, so that the next dealing goes on where this one ended", () => {
  const players = [player("ada", null), player("bob", null)];
  expect(dealt(["1", "2", "3"], players)).toEqual(["1→ada", "2→bob", "3→ada"]);
  expect(dealTurns({ caseIds: ["4"], players, from }).map(({ to }) => to.id)).toEqual(["bob"]);
});
