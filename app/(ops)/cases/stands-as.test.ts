import { expect, test } from "vitest";
import { standsAs } from "./stands-as.ts";
import type { CaseRow } from "./words.ts";

const row = (rest: Partial<CaseRow>): CaseRow => ({
  id: "c",
  number: 1,
  transactionId: "pay_1",
  status: "open",
  origin: "policy",
  openedAt: "2026-11-20T10:00:00.000Z",
  expectedLossMinor: 1,
  amountMinor: 1,
  currency: "EUR",
  score: null,
  topReason: null,
  customerId: "cus",
  merchantId: "mer",
  holder: null,
  owner: null,
  queue: null,
  dueAt: null,
  rankMinor: 1,
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
  ...rest,
});
const lea = { id: "u", name: "Lea" };
const at = "2026-11-20T12:00:00.000Z";

test("a case stands as what was done to it last", () => {
  expect(standsAs(row({ status: "closed", disposition: "not_sure", closedBy: lea }))).toBe(
    "Closed as not sure by Lea.",
  );
  expect(standsAs(row({ status: "joined" }))).toBe("Worked on as part of another case.");
  expect(standsAs(row({ heldAt: at }))).toBe("Open, held back.");
  expect(standsAs(row({ holder: { ...lea, until: at } }))).toBe("Open, with Lea.");
  expect(standsAs(row({ snoozedUntil: at }))).toBe("Snoozed until 20 Nov 2026, 12:00:00 UTC.");
  expect(standsAs(row({}))).toBe("Open, and nobody has it.");
});
