import { seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import type { Scenario, World } from "./world.ts";

const later = ({ now }: World): Date => new Date(now.getTime() + 600_000);

const closed = ({ now, people }: World) => ({
  status: "closed",
  disposition: "not_sure",
  closedAt: now,
  closedById: people.analyst.id,
});

/** What people do to cases. */
export const caseScenarios: Readonly<Record<string, Scenario>> = {
  "case.next": {
    role: "analyst",
    action: "case.claim",
    kind: "made",
    prepare: async ({ db }) => {
      await seedCase(db);
      return (caller) => caller.case.next({});
    },
  },
  "case.claim": {
    role: "analyst",
    action: "case.claim",
    kind: "made",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      return (caller) => caller.case.claim({ caseId: id });
    },
  },
  "case.release": {
    role: "analyst",
    action: "case.release",
    kind: "ended",
    prepare: async (world) => {
      const { id } = await seedCase(world.db, {
        assigneeId: world.people.analyst.id,
        claimedUntil: later(world),
      });
      return (caller) => caller.case.release({ caseId: id });
    },
  },
  "case.close": {
    role: "analyst",
    action: "case.close",
    kind: "changed",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      return (caller) => caller.case.close({ caseId: id, disposition: "fraud", version: 1 });
    },
  },
  "case.reopen": {
    role: "lead",
    action: "case.reopen",
    kind: "changed",
    prepare: async (world) => {
      const { id } = await seedCase(world.db, closed(world));
      return (caller) => caller.case.reopen({ caseId: id, version: 1 });
    },
  },
  "case.assign": {
    role: "lead",
    action: "case.assign",
    kind: "changed",
    prepare: async ({ db }) => {
      const [{ id }, user] = [await seedCase(db), await seedUser(db, "analyst")];
      return (caller) => caller.case.assign({ caseIds: [id], userId: user.id });
    },
  },
  "case.escalate": {
    role: "analyst",
    action: "case.escalate",
    kind: "changed",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      return (caller) => caller.case.escalate({ caseId: id, version: 1, reason: "too dear for me" });
    },
  },
  "case.hold": {
    role: "analyst",
    action: "case.hold",
    kind: "changed",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      return (caller) => caller.case.hold({ caseId: id, version: 1, reason: "waits for the bank" });
    },
  },
  "case.resume": {
    role: "analyst",
    action: "case.resume",
    kind: "changed",
    prepare: async ({ db, now }) => {
      const { id } = await seedCase(db, { heldAt: now });
      return (caller) => caller.case.resume({ caseId: id, version: 1 });
    },
  },
  "case.setTags": {
    role: "analyst",
    action: "case.tag",
    kind: "changed",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      return (caller) => caller.case.setTags({ caseId: id, version: 1, tags: ["vip"] });
    },
  },
  "case.addFile": {
    role: "analyst",
    action: "case.file",
    kind: "made",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      const base64 = Buffer.from("what the customer wrote").toString("base64");
      return (caller) => caller.case.addFile({ caseId: id, name: "letter.txt", base64 });
    },
  },
  "case.addNote": {
    role: "analyst",
    action: "case.note",
    kind: "made",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      return (caller) => caller.case.addNote({ caseId: id, text: "called the customer" });
    },
  },
  "case.snooze": {
    role: "analyst",
    action: "case.snooze",
    kind: "changed",
    prepare: async (world) => {
      const { id } = await seedCase(world.db);
      const until = later(world).toISOString();
      return (caller) => caller.case.snooze({ caseId: id, version: 1, until });
    },
  },
  "case.export": {
    role: "analyst",
    action: "case.export",
    kind: "made",
    prepare: async ({ db }) => {
      const { id } = await seedCase(db);
      return (caller) => caller.case.export({ caseId: id, format: "json" });
    },
  },
  "case.bulkExecute": {
    role: "lead",
    action: "case.bulk",
    kind: "changed",
    prepare: async ({ db, people }) => {
      const { id } = await seedCase(db);
      const action = { kind: "assign", userId: people.analyst.id } as const;
      return (caller) => caller.case.bulkExecute({ action, items: [{ caseId: id, version: 1 }] });
    },
  },
  "case.bulkUndo": {
    role: "lead",
    action: "case.bulk_undo",
    kind: "changed",
    prepare: async ({ db, people, as }) => {
      const { id } = await seedCase(db);
      const action = { kind: "assign", userId: people.analyst.id } as const;
      const done = await as(people.lead).case.bulkExecute({ action, items: [{ caseId: id, version: 1 }] });
      const bulkId = "bulkId" in done ? done.bulkId : "";
      return (caller) => caller.case.bulkUndo({ bulkId });
    },
  },
  "secondReview.take": {
    role: "lead",
    action: "second_review.claim",
    kind: "made",
    prepare: async (world) => {
      const free = { reviewerId: null, claimedUntil: null };
      await world.db.secondReview.updateMany({ where: { reviewedAt: null }, data: free });
      await drawn(world);
      return (caller) => caller.secondReview.take({});
    },
  },
  "secondReview.answer": {
    role: "admin",
    action: "second_review.answer",
    kind: "made",
    prepare: async (world) => {
      const held = { reviewerId: world.people.admin.id, claimedUntil: later(world) };
      const id = await drawn(world, held);
      return (caller) => caller.secondReview.answer({ id, disposition: "legitimate" });
    },
  },
};

/** A case that was closed by the analyst and drawn for a second look. */
async function drawn(
  world: World,
  held: { readonly reviewerId?: string; readonly claimedUntil?: Date } = {},
): Promise<string> {
  const { id: caseId } = await seedCase(world.db, { ...closed(world), disposition: "legitimate" });
  const { id } = await world.db.secondReview.create({
    data: {
      caseId,
      sampledAt: new Date(world.now.getTime() - 3_600_000),
      propensity: 0.05,
      firstReviewerId: world.people.analyst.id,
      firstDisposition: "legitimate",
      ...held,
    },
  });
  return id;
}
