import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { contextOf, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  type CreateEndpointInput,
  changeEndpoint,
  createEndpoint,
  ListDeliveriesInput,
  listDeliveries,
  listEndpoints,
  resendDelivery,
  rotateSecret,
} from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const strict = { allowPrivate: false };
let database: TestDatabase;
const contexts = new Map<Role, ServiceContext>();

beforeAll(async () => {
  database = await createTestDatabase();
  for (const role of ["lead", "admin"] as const) {
    contexts.set(role, contextOf(database.db, await seedUser(database.db, role), now));
  }
});
afterAll(() => database.drop());

function as(role: Role): ServiceContext {
  const ctx = contexts.get(role);
  if (ctx === undefined) throw new Error(role);
  return ctx;
}

const input = (path: string, fields: Partial<CreateEndpointInput> = {}): CreateEndpointInput => ({
  kind: "webhook",
  target: `https://hooks.example.com/${path}`,
  description: "ledger",
  eventTypes: ["case.closed"],
  ...fields,
});

const audits = (action: string, subjectId: string) =>
  database.db.auditEvent.findMany({ where: { action, subjectId } });

test("an endpoint is made with its secret shown once and in no audit row", async () => {
  const { endpoint, secret } = await createEndpoint(as("admin"), input("a"), strict);
  expect(secret).toMatch(/^whsec_/);
  const [row] = await audits("webhook.create", endpoint.id);
  expect(row).toMatchObject({ before: null, after: { target: "https://hooks.example.com/a" } });
  const told = JSON.stringify([row?.after, await listEndpoints(as("admin"))]);
  expect(told).not.toContain(secret);
  expect(told).not.toContain("whsec_");
});

test("the same address twice, a private one, and another role are refused", async () => {
  await createEndpoint(as("admin"), input("b"), strict);
  await expect(createEndpoint(as("admin"), input("b"), strict)).rejects.toMatchObject({ code: "conflict" });
  const inside = input("c", { target: "https://10.0.0.1/" });
  await expect(createEndpoint(as("admin"), inside, strict)).rejects.toMatchObject({ code: "invalid" });
  await expect(createEndpoint(as("lead"), input("c"), strict)).rejects.toMatchObject({ code: "forbidden" });
});

test("chats hear of alerts alone, and their address stays out of the audit log", async () => {
  const target = "https://chat.example.com/services/T0/B0/token";
  const chat = input("", { kind: "chat", target });
  await expect(createEndpoint(as("admin"), chat, strict)).rejects.toMatchObject({ code: "invalid" });
  const { endpoint, secret } = await createEndpoint(
    as("admin"),
    { ...chat, eventTypes: ["alert.raised"] },
    strict,
  );
  expect(secret).toBeNull();
  const [row] = await audits("webhook.create", endpoint.id);
  expect(row?.after).toMatchObject({ target: "https://chat.example.com" });
});

test("a change from an old view, or to a private address, is refused", async () => {
  const { endpoint } = await createEndpoint(as("admin"), input("d"), strict);
  const { id: endpointId, version } = endpoint;
  const off = await changeEndpoint(as("admin"), { endpointId, version, active: false }, strict);
  expect(off).toMatchObject({ disabledBecause: "by admin", version: 2 });
  expect(await audits("webhook.change", endpointId)).toMatchObject([
    { before: { disabledAt: null }, after: { disabledAt: now.toISOString() } },
  ]);
  await expect(
    changeEndpoint(as("admin"), { endpointId, version, active: true }, strict),
  ).rejects.toMatchObject({ code: "conflict" });
  await expect(
    changeEndpoint(as("admin"), { endpointId, version: 2, target: "http://example.com" }, strict),
  ).rejects.toMatchObject({ code: "invalid" });
  await expect(
    changeEndpoint(as("lead"), { endpointId, version: 2, active: true }, strict),
  ).rejects.toMatchObject({ code: "forbidden" });
});

test("a rotation gives a new secret and is for webhooks alone", async () => {
  const { endpoint, secret } = await createEndpoint(as("admin"), input("e"), strict);
  const rotated = await rotateSecret(as("admin"), { endpointId: endpoint.id, version: 1 });
  expect(rotated.secret).not.toBe(secret);
  expect(rotated.endpoint.rotatingUntil).toBe("2026-11-21T12:00:00.000Z");
  expect(await audits("webhook.rotate", endpoint.id)).toHaveLength(1);
  await expect(rotateSecret(as("admin"), { endpointId: endpoint.id, version: 1 })).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(rotateSecret(as("lead"), { endpointId: endpoint.id, version: 2 })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("what was sent is listed page by page and can be sent again, unless it is under way", async () => {
  const { db } = database;
  const { endpoint } = await createEndpoint(as("admin"), input("f"), strict);
  for (let n = 0; n < 3; n++) {
    const event = await db.outboxEvent.create({ data: { at: now, type: "case.closed", payload: { n } } });
    const createdAt = new Date(now.getTime() + n);
    await db.webhookDelivery.create({
      data: {
        endpointId: endpoint.id,
        eventId: event.id,
        status: "failed",
        attempts: 11,
        responseCode: 500,
        createdAt,
        nextAttemptAt: now,
        endedAt: now,
      },
    });
  }
  const ask = ListDeliveriesInput.parse({ endpointId: endpoint.id, limit: 2 });
  const first = await listDeliveries(as("admin"), ask);
  const second = await listDeliveries(as("admin"), { ...ask, cursor: first.nextCursor });
  expect([first.rows.length, second.rows.length, second.nextCursor]).toEqual([2, 1, null]);
  const deliveryId = first.rows[0]?.id ?? "";
  expect(await resendDelivery(as("admin"), { deliveryId })).toEqual({ status: "pending" });
  expect(await audits("webhook.resend", deliveryId)).toMatchObject([{ before: { status: "failed" } }]);
  await expect(resendDelivery(as("admin"), { deliveryId })).rejects.toMatchObject({ code: "conflict" });
  await expect(resendDelivery(as("lead"), { deliveryId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(listDeliveries(as("lead"), ask)).rejects.toMatchObject({ code: "forbidden" });
});
