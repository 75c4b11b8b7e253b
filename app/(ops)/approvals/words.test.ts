import { expect, test } from "vitest";
import { type Approval, approvalsReading, whyNot } from "./words.ts";

const approval: Approval = {
  id: "a1",
  number: 1,
  kind: "list.add",
  subjectType: "list",
  subjectId: "x",
  payload: {},
  because: "Block-listing needs a second person.",
  status: "pending",
  requestedAt: "2026-11-20T12:00:00.000Z",
  requestedBy: { id: "u1", name: "Ann" },
  answeredAt: null,
  answeredBy: null,
  note: null,
  canAnswer: true,
  isMine: false,
};

test("what one asked for oneself needs somebody else, and the page says so", () => {
  expect(whyNot(approval)).toBeNull();
  expect(whyNot({ ...approval, isMine: true, canAnswer: false })).toContain("yourself");
  expect(whyNot({ ...approval, canAnswer: false })).toContain("role");
  expect(whyNot({ ...approval, status: "approved", canAnswer: false })).toContain("answered");
});

test("the reading tells how many wait, and for whom", () => {
  const mine = { ...approval, canAnswer: false };
  expect(approvalsReading([], false)).toBe("Nothing waits for a second person");
  expect(approvalsReading([mine], false)).toBe("1 change waits for a second person, none of them for you");
  expect(approvalsReading([approval, mine], true)).toBe(
    "2+ changes wait for a second person, 1 for your answer",
  );
});
