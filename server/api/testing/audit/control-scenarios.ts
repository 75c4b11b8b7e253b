import { defaultPolicy } from "#server/domain/policy.ts";
import { seedPayment } from "#server/services/case/testing/seed.ts";
import { another } from "./another.ts";
import type { Scenario, World } from "./world.ts";

const entry = (value: string) =>
  ({ list: "block", kind: "customer", value, reason: "stolen cards", expiresAt: null }) as const;

async function asked({ db, now, people }: World): Promise<string> {
  const value = another("cus");
  const { id } = await db.approval.create({
    data: {
      kind: "list.add",
      subjectType: "list",
      subjectId: value,
      payload: entry(value),
      because: "Putting something on the block list needs a second person.",
      requestedAt: now,
      requestedById: people.lead.id,
    },
  });
  return id;
}

async function draft({ as, people, db }: World): Promise<{ draftId: string; expectedUpdatedAt: string }> {
  await db.ruleSetVersion.deleteMany({ where: { status: "draft" } });
  const { id, updatedAt } = await as(people.lead).rule.saveDraft({ rules: [], expectedUpdatedAt: null });
  return { draftId: id, expectedUpdatedAt: updatedAt };
}

/** The id of the policy in force; one is put in force where none is. */
async function policyInForce({ db, as, people }: World): Promise<string> {
  const { policy } = as(people.lead);
  if ((await db.policyVersion.count({ where: { status: "active" } })) === 0) {
    await policy.activate({ policy: defaultPolicy, expectedActiveId: null });
  }
  return (await policy.active()).id;
}

/** Labels, lists, rules and policies, and what needs a second person. */
export const controlScenarios: Readonly<Record<string, Scenario>> = {
  "approval.answer": {
    role: "admin",
    action: "approval.approve",
    kind: "changed",
    prepare: async (world) => {
      const approvalId = await asked(world);
      return (caller) => caller.approval.answer({ approvalId, answer: "approve" });
    },
  },
  "approval.withdraw": {
    role: "lead",
    action: "approval.withdraw",
    kind: "changed",
    prepare: async (world) => {
      const approvalId = await asked(world);
      return (caller) => caller.approval.withdraw({ approvalId });
    },
  },
  "label.record": {
    role: "analyst",
    action: "label.record",
    kind: "made",
    prepare: async ({ db, now }) => {
      const { id } = await seedPayment(db);
      const label = { label: "fraud", source: "customer_report", occurredAt: now.toISOString() } as const;
      return (caller) => caller.label.record({ transactionId: id, ...label });
    },
  },
  "list.add": {
    role: "lead",
    action: "list.add",
    kind: "made",
    prepare: async () => (caller) => caller.list.add(entry(another("cus"))),
  },
  "list.remove": {
    role: "lead",
    action: "list.remove",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const added = await as(people.lead).list.add(entry(another("cus")));
      return (caller) => caller.list.remove({ entryId: "id" in added ? added.id : "" });
    },
  },
  "rule.saveDraft": {
    role: "lead",
    action: "rule.save",
    kind: "made",
    prepare: async ({ db }) => {
      await db.ruleSetVersion.deleteMany({ where: { status: "draft" } });
      return (caller) => caller.rule.saveDraft({ rules: [], expectedUpdatedAt: null });
    },
  },
  "rule.discardDraft": {
    role: "lead",
    action: "rule.discard",
    kind: "ended",
    prepare: async (world) => {
      const of = await draft(world);
      return (caller) => caller.rule.discardDraft(of);
    },
  },
  "rule.activate": {
    role: "lead",
    action: "rule.activate",
    kind: "made",
    prepare: async (world) => {
      const of = await draft(world);
      return (caller) => caller.rule.activate(of);
    },
  },
  "policy.activate": {
    role: "lead",
    action: "policy.activate",
    kind: "changed",
    prepare: async (world) => {
      const expectedActiveId = await policyInForce(world);
      const policy = { ...defaultPolicy, name: another("Policy") };
      return (caller) => caller.policy.activate({ policy, expectedActiveId });
    },
  },
  "policy.rollBack": {
    role: "lead",
    action: "policy.activate",
    kind: "changed",
    prepare: async (world) => {
      const before = await policyInForce(world);
      const policy = { ...defaultPolicy, name: another("Policy") };
      await world.as(world.people.lead).policy.activate({ policy, expectedActiveId: before });
      const expectedActiveId = await policyInForce(world);
      return (caller) => caller.policy.rollBack({ expectedActiveId, toId: before, reason: "Worse" });
    },
  },
  "policy.saveDraft": {
    role: "lead",
    action: "policy.draft",
    kind: "made",
    prepare: async () => (caller) => caller.policy.saveDraft({ policy: defaultPolicy, id: null }),
  },
  "policy.discardDraft": {
    role: "lead",
    action: "policy.discard_draft",
    kind: "ended",
    prepare: async ({ as, people }) => {
      const { id } = await as(people.lead).policy.saveDraft({ policy: defaultPolicy, id: null });
      return (caller) => caller.policy.discardDraft({ id });
    },
  },
};
