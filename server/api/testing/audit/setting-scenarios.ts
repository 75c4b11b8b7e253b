import { defaultReviewSettings } from "#server/domain/review-settings.ts";
import { seedUser } from "#server/services/case/testing/seed.ts";
import { another } from "./another.ts";
import type { Scenario } from "./world.ts";

const queueFields = (name: string) => {
  const assignment = "claim" as const;
  return { name, routing: {}, slaMinutes: 60, assignment, memberIds: [] };
};

/** Who works here, with what, and how. */
export const settingScenarios: Readonly<Record<string, Scenario>> = {
  "apiKey.create": {
    role: "admin",
    action: "api_key.create",
    kind: "made",
    prepare: async () => (caller) => caller.apiKey.create({ name: "checkout", scopes: ["score"] }),
  },
  "apiKey.revoke": {
    role: "admin",
    action: "api_key.revoke",
    kind: "changed",
    prepare: async ({ as, people }) => {
      await as(people.admin).apiKey.create({ name: another("key"), scopes: ["score"] });
      const key = (await as(people.admin).apiKey.list()).find(({ revokedAt }) => revokedAt === null);
      return (caller) => caller.apiKey.revoke({ keyId: key?.id ?? "" });
    },
  },
  "queue.create": {
    role: "lead",
    action: "queue.create",
    kind: "made",
    prepare: async () => (caller) => caller.queue.create(queueFields(another("Queue"))),
  },
  "queue.update": {
    role: "lead",
    action: "queue.update",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const { id, version, name } = await as(people.lead).queue.create(queueFields(another("Queue")));
      return (caller) => caller.queue.update({ ...queueFields(name), slaMinutes: 90, queueId: id, version });
    },
  },
  "queue.reorder": {
    role: "lead",
    action: "queue.reorder",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const lead = as(people.lead);
      for (const name of [another("Queue"), another("Queue")]) await lead.queue.create(queueFields(name));
      const ids = (await lead.queue.list()).queues.map(({ id }) => id);
      return (caller) => caller.queue.reorder({ queueIds: ids.slice(0, -1).toReversed() });
    },
  },
  "queue.archive": {
    role: "lead",
    action: "queue.archive",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const { id, version } = await as(people.lead).queue.create(queueFields(another("Queue")));
      return (caller) => caller.queue.archive({ queueId: id, version });
    },
  },
  "reviewSettings.set": {
    role: "lead",
    action: "review.settings",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const expected = await as(people.lead).reviewSettings.get();
      const settings = { ...defaultReviewSettings, claimMinutes: 45 };
      return (caller) => caller.reviewSettings.set({ settings, expected });
    },
  },
  "savedView.save": {
    role: "analyst",
    action: "saved_view.save",
    kind: "made",
    prepare: async () => (caller) => caller.savedView.save({ name: another("View"), query: "pile=open" }),
  },
  "savedView.change": {
    role: "analyst",
    action: "saved_view.change",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const view = { name: another("View"), query: "pile=open" };
      const { id: viewId } = await as(people.analyst).savedView.save(view);
      return (caller) => caller.savedView.change({ viewId, query: "pile=closed" });
    },
  },
  "savedView.delete": {
    role: "analyst",
    action: "saved_view.delete",
    kind: "ended",
    prepare: async ({ as, people }) => {
      const view = { name: another("View"), query: "pile=open" };
      const { id: viewId } = await as(people.analyst).savedView.save(view);
      return (caller) => caller.savedView.delete({ viewId });
    },
  },
  "user.changeRole": {
    role: "admin",
    action: "user.change_role",
    kind: "changed",
    prepare: async ({ db }) => {
      const { id: userId } = await seedUser(db, "analyst");
      return (caller) => caller.user.changeRole({ userId, role: "lead" });
    },
  },
  "user.disable": {
    role: "admin",
    action: "user.disable",
    kind: "changed",
    prepare: async ({ db }) => {
      const { id: userId } = await seedUser(db, "analyst");
      return (caller) => caller.user.disable({ userId });
    },
  },
  "user.enable": {
    role: "admin",
    action: "user.enable",
    kind: "changed",
    prepare: async ({ db, now }) => {
      const { id: userId } = await seedUser(db, "analyst");
      await db.user.update({ where: { id: userId }, data: { disabledAt: now } });
      return (caller) => caller.user.enable({ userId });
    },
  },
  "user.setTimeOff": {
    role: "analyst",
    action: "user.time_off",
    kind: "changed",
    prepare: async ({ now, people }) => {
      const off = { awayFrom: now.toISOString(), awayUntil: null };
      return (caller) => caller.user.setTimeOff({ userId: people.analyst.id, ...off });
    },
  },
  "user.setCapacity": {
    role: "lead",
    action: "user.capacity",
    kind: "changed",
    prepare:
      async ({ people }) =>
      (caller) =>
        caller.user.setCapacity({ userId: people.analyst.id, caseCapacity: 5 }),
  },
};
