import { expect, test } from "vitest";
import { timelineLines } from "./timeline-lines.ts";

type Told = Parameters<typeof timelineLines>[0];
const at = (minute: number): string => `2026-11-20T10:${String(minute).padStart(2, "0")}:00.000Z`;
const ada = { id: "u1", name: "Ada" };

function event(
  minute: number,
  kind: Told["timeline"][number]["kind"],
  rest: Partial<Told["timeline"][number]> = {},
) {
  return {
    seq: String(minute),
    at: at(minute),
    kind,
    actor: ada,
    text: null,
    until: null,
    reason: null,
    disposition: null,
    to: null,
    queue: null,
    joined: null,
    tags: null,
    fileName: null,
    mentions: [],
    approvedBy: null,
    approval: null,
    part: null,
    version: null,
    ...rest,
  };
}
function label(minute: number, rest: Partial<Told["labels"][number]> = {}): Told["labels"][number] {
  return {
    seq: String(minute),
    label: "fraud",
    source: "chargeback",
    occurredAt: at(0),
    recordedAt: at(minute),
    note: null,
    withdrawnAt: null,
    effective: true,
    part: null,
    ...rest,
  };
}
const told = (rest: Partial<Told>): Told => ({
  openedAt: at(0),
  origin: "policy",
  timeline: [],
  labels: [],
  ...rest,
});
const says = (detail: Told): string[] => timelineLines(detail).map((line) => line.says);

test("the latest is first, and the opening is last even when no event tells it", () => {
  expect(
    says(
      told({
        timeline: [event(1, "claimed"), event(3, "closed", { disposition: "legitimate" })],
        labels: [label(5), label(2, { source: "customer_report", effective: false })],
      }),
    ),
  ).toEqual([
    "Reported as fraud by a chargeback",
    "Closed as legitimate by Ada",
    "Reported as fraud by the customer (overruled)",
    "Taken by Ada",
    "Opened: sent by the policy",
  ]);
});

test("events of one instant keep their order, and an opening is told once", () => {
  const lines = says(
    told({ timeline: [event(0, "opened", { actor: null }), event(0, "claimed", { seq: "b" })] }),
  );
  expect(lines).toEqual(["Taken by Ada", "Opened: sent by the policy"]);
});

test("a reopened case says why", () => {
  const reasons = ["chargeback", "undo", "manager"].map((reason, i) =>
    event(i, "reopened", { reason, actor: null }),
  );
  expect(says(told({ timeline: reasons })).slice(0, 3)).toEqual([
    "Reopened",
    "Verdict undone",
    "Reopened, because a chargeback contradicts the verdict",
  ]);
});

test("an analyst's label is not told twice, and exploration cannot be told from the policy", () => {
  expect(says(told({ origin: "exploration", labels: [label(4, { source: "analyst" })] }))).toEqual([
    "Opened: sent by the policy",
  ]);
});

test("what was written is shown: notes, and the reason of a verdict", () => {
  const detail = told({
    timeline: [
      event(1, "note", { text: "Called" }),
      event(2, "closed", { disposition: "fraud", reason: "card testing" }),
    ],
  });
  expect(timelineLines(detail).map((line) => line.text)).toEqual(["card testing", "Called", null]);
});

test("what was changed is named: tags, files, whom it was given to, who approved", () => {
  const lines = says(
    told({
      timeline: [
        event(1, "tagged", { tags: ["mule", "urgent"] }),
        event(2, "file", { fileName: "call.txt" }),
        event(3, "assigned", { to: "Bea" }),
        event(4, "approval", { approval: { step: "asked", number: 7 }, disposition: "fraud" }),
        event(5, "closed", { disposition: "fraud", approvedBy: "Lea" }),
      ],
    }),
  );
  expect(lines.slice(0, 5)).toEqual([
    "Closed as fraud by Ada, approved by Lea",
    "Second person asked for by Ada, approval 7: fraud",
    "Assigned to Bea by Ada",
    "File call.txt added by Ada",
    "Tagged mule, urgent by Ada",
  ]);
});

test("why a case was held or escalated is shown with it", () => {
  const lines = timelineLines(told({ timeline: [event(1, "held", { reason: "Bank asked" })] }));
  expect(lines[0]).toMatchObject({ says: "Held back by Ada", text: "Bank asked" });
});

test("queues and joined cases are named", () => {
  const timeline = [
    event(1, "routed", { queue: "VIP", actor: null }),
    event(2, "joined", { joined: { child: 8 }, actor: null }),
    event(3, "joined", { joined: { into: 3 }, actor: null }),
    event(4, "joined", { actor: null }),
  ];
  expect(says(told({ timeline })).slice(0, 4)).toEqual([
    "Joined with another case",
    "Joined case 3",
    "Case 8 joined",
    "Routed to VIP",
  ]);
});

test("what happened to a joined case is marked with its payment", () => {
  const part = { caseId: "c2", number: 12, transactionId: "pay_2" };
  const lines = timelineLines(
    told({ timeline: [event(1, "note", { text: "Called", part })], labels: [label(2, { part })] }),
  );
  expect(lines.map((line) => line.part)).toEqual([part, part, null]);
});
