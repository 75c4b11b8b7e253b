import { AlertRuleBody } from "#server/domain/alert.ts";
import { changeRetrainingSettings, getRetraining } from "#server/services/retraining/index.ts";
import { createEndpoint } from "#server/services/webhook/index.ts";
import { another } from "./another.ts";
import type { Scenario, World } from "./world.ts";

const rule = AlertRuleBody.parse({
  name: "Idle",
  series: "idle_minutes",
  kind: "threshold",
  limit: 30,
  severity: "warning",
});

async function anAlert({ db, now }: World): Promise<string> {
  const { id } = await db.alert.create({
    data: {
      subject: another("subject"),
      severity: "warning",
      title: "Something",
      says: "Look at it.",
      link: "/",
      openedAt: now,
      lastSeenAt: now,
    },
  });
  return id;
}

async function anEndpoint({ db, now, people }: World): Promise<{ id: string; version: number }> {
  const input = {
    kind: "webhook" as const,
    target: `https://example.com/${another("hook")}`,
    description: "",
    eventTypes: ["case.closed" as const],
  };
  const ctx = { db, now: () => now, actor: { kind: "user" as const, ...people.admin } };
  return (await createEndpoint(ctx, input, { allowPrivate: false })).endpoint;
}

/** What is told, to whom, and what becomes of it. */
export const alertScenarios: Readonly<Record<string, Scenario>> = {
  "alert.acknowledge": {
    role: "lead",
    action: "alert.acknowledge",
    kind: "changed",
    prepare: async (world) => {
      const alertId = await anAlert(world);
      return (caller) => caller.alert.acknowledge({ alertId });
    },
  },
  "alert.silence": {
    role: "lead",
    action: "alert.silence",
    kind: "changed",
    prepare: async (world) => {
      const alertId = await anAlert(world);
      return (caller) => caller.alert.silence({ alertId, hours: 8 });
    },
  },
  "alert.resolve": {
    role: "lead",
    action: "alert.resolve",
    kind: "changed",
    prepare: async (world) => {
      const alertId = await anAlert(world);
      return (caller) => caller.alert.resolve({ alertId });
    },
  },
  "alert.retrain": {
    role: "model_owner",
    action: "retraining.ask",
    kind: "made",
    prepare: async (world) => {
      const { db, now, people } = world;
      const ctx = { db, now: () => now, actor: { kind: "user" as const, ...people.admin } };
      const { settings } = await getRetraining(ctx);
      await changeRetrainingSettings(ctx, { settings: { ...settings, onAlert: true }, expected: settings });
      await db.retrainingState.deleteMany();
      const alertId = await anAlert(world);
      return (caller) => caller.alert.retrain({ alertId });
    },
  },
  "alert.createRule": {
    role: "lead",
    action: "alert_rule.create",
    kind: "made",
    prepare: async () => (caller) => caller.alert.createRule({ rule }),
  },
  "alert.changeRule": {
    role: "lead",
    action: "alert_rule.change",
    kind: "changed",
    prepare: async ({ as, people }) => {
      const { id: ruleId, version } = await as(people.lead).alert.createRule({ rule });
      return (caller) =>
        caller.alert.changeRule({ ruleId, version, rule: { ...rule, limit: 45 }, enabled: true });
    },
  },
  "webhook.create": {
    role: "admin",
    action: "webhook.create",
    kind: "made",
    prepare: async () => (caller) =>
      caller.webhook.create({
        kind: "webhook",
        target: `https://example.com/${another("hook")}`,
        eventTypes: ["case.closed"],
      }),
  },
  "webhook.change": {
    role: "admin",
    action: "webhook.change",
    kind: "changed",
    prepare: async (world) => {
      const { id: endpointId, version } = await anEndpoint(world);
      return (caller) => caller.webhook.change({ endpointId, version, active: false });
    },
  },
  "webhook.rotateSecret": {
    role: "admin",
    action: "webhook.rotate",
    kind: "changed",
    prepare: async (world) => {
      const { id: endpointId, version } = await anEndpoint(world);
      return (caller) => caller.webhook.rotateSecret({ endpointId, version });
    },
  },
  "webhook.resend": {
    role: "admin",
    action: "webhook.resend",
    kind: "changed",
    prepare: async (world) => {
      const { db, now } = world;
      const { id: endpointId } = await anEndpoint(world);
      const event = await db.outboxEvent.create({ data: { at: now, type: "case.closed", payload: {} } });
      const times = { createdAt: now, nextAttemptAt: now, endedAt: now };
      const { id: deliveryId } = await db.webhookDelivery.create({
        data: { endpointId, eventId: event.id, status: "delivered", attempts: 1, ...times },
      });
      return (caller) => caller.webhook.resend({ deliveryId });
    },
  },
};
