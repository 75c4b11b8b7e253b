import { expect, test } from "vitest";
import { fieldOfInstant, instantOfField, peopleOf } from "./people-list.ts";
import type { User, Worker } from "./types.ts";

const worker: Worker = {
  id: "u1",
  name: "Ann",
  caseCapacity: null,
  awayFrom: null,
  awayUntil: null,
  away: false,
  openCases: 2,
};
const user: User = {
  id: "u1",
  name: "Ann",
  email: "ann@example.test",
  role: "analyst",
  disabledAt: null,
  createdAt: "2026-11-20T12:00:00.000Z",
};

test("admins see everybody, with their work where they have any", () => {
  const other = { ...user, id: "u2", role: "viewer" } as const;
  expect(peopleOf([user, other], [worker]).map(({ id, role, work }) => [id, role, work?.openCases])).toEqual([
    ["u1", "analyst", 2],
    ["u2", "viewer", undefined],
  ]);
});

test("others see who works on cases, without address and role", () => {
  expect(peopleOf(null, [worker])).toMatchObject([{ id: "u1", email: null, role: null, disabledAt: null }]);
});

test("a moment goes through its field and back, in UTC", () => {
  expect(fieldOfInstant("2026-11-20T12:30:00.000Z")).toBe("2026-11-20T12:30");
  expect(instantOfField("2026-11-20T12:30")).toBe("2026-11-20T12:30:00.000Z");
  expect([fieldOfInstant(null), instantOfField("")]).toEqual(["", null]);
});
