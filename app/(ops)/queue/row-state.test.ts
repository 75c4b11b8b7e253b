import { expect, test } from "vitest";
import type { CaseRow } from "../cases/words.ts";
import { goneWord } from "./row-state.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const row: CaseRow = {
  id: "c1",
  number: 1,
  transactionId: "pay_1",
  status: "open",
  origin: "policy",
  openedAt: "2026-11-20T10:00:00.000Z",
  expectedLossMinor: 100,
  amountMinor: 1000,
  currency: "EUR",
  score: 0.1,
  topReason: null,
  customerId: "cus_1",
  merchantId: "mer_1",
  holder: null,
  owner: null,
  queue: { id: "q1", name: "General" },
  dueAt: null,
  rankMinor: 100,
  masked: false,
  tags: [],
  escalatedAt: null,
  heldAt: null,
  joinedToId: null,
  joinedCases: 0,
  joinedAmountMinor: 0,
  joinedLossMinor: 0,
  approvalNumber: null,
  snoozedUntil: null,
  disposition: null,
  closedAt: null,
  closedBy: null,
  version: 1,
};
const open = { pile: "open", queue: "q1" } as const;

test("a case that waits for a second person says so, wherever it is not listed", () => {
  const waits = { ...row, heldAt: "2026-11-20T11:00:00.000Z", approvalNumber: 7 };
  expect(goneWord(waits, open, now)).toBe("Waits for approval 7");
  expect(goneWord(waits, { ...open, pile: "held" }, now)).toBeNull();
});

test("a row that still belongs says nothing", () => {
  expect(goneWord(row, open, now)).toBeNull();
  expect(goneWord({ ...row, status: "closed" }, { ...open, pile: "closed" }, now)).toBeNull();
});

test("a row that others finished, put off or moved says so", () => {
  const closed = {
    ...row,
    status: "closed",
    disposition: "fraud",
    closedBy: { id: "b", name: "Bo" },
  } as const;
  expect(goneWord(closed, open, now)).toBe("Fraud, Bo");
  expect(goneWord({ ...row, snoozedUntil: "2026-11-20T13:00:00.000Z" }, open, now)).toBe("Snoozed");
  expect(goneWord({ ...row, heldAt: "2026-11-20T11:00:00.000Z" }, open, now)).toBe("Held");
  expect(goneWord({ ...row, queue: { id: "q2", name: "Cards" } }, open, now)).toBe("Moved to Cards");
  expect(goneWord({ ...row, status: "joined" }, open, now)).toBe("Joined another case");
});

test("a snooze that has ended is none", () => {
  expect(goneWord({ ...row, snoozedUntil: "2026-11-20T11:59:00.000Z" }, open, now)).toBeNull();
  expect(goneWord(row, { ...open, pile: "snoozed" }, now)).toBe("Back in the queue");
});
