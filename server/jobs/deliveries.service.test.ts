import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Prisma } from "#server/db/generated/client.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { systemContext } from "#server/services/case/testing/seed.ts";
import { recordOutbox, type ServiceContext } from "#server/services/context.ts";
import {
  changeEndpoint,
  createEndpoint,
  rotateSecret,
  type Senders,
} from "#server/services/webhook/index.ts";
import { catchMail } from "#server/services/webhook/smtp/testing/mail-catcher.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";

type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

const HOUR = 3_600_000;
const start = Date.parse("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let server: Server;
let origin: string;
let received: Received[] = [];
let answers: number[] = [];
let nowMs = start;
const errors: unknown[] = [];
const now = (): Date => new Date(nowMs);

beforeAll(async () => {
  database = await createTestDatabase();
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body });
      if (request.url === "/redirect") response.setHeader("location", "/elsewhere");
      response.statusCode = request.url === "/redirect" ? 302 : (answers.shift() ?? 204);
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(async () => {
  server.close();
  await database.drop();
});
beforeEach(() => {
  received = [];
  answers = [];
  nowMs = start;
});
afterEach(async () => {
  await database.db.webhookDelivery.deleteMany();
  await database.db.webhookEndpoint.deleteMany();
  await database.db.outboxEvent.deleteMany();
  expect(errors).toEqual([]);
});

const ctx = (): ServiceContext => ({ ...systemContext(database.db, now()), now });

function worker(allowPrivate = true, mail: Senders["mail"] = null): Deliveries {
  return createDeliveries({
    db: database.db,
    now,
    random: () => 0.5,
    onError: (error) => errors.push(error),
    senders: { allowPrivate, mail, pagesUrl: "https://assay.example", now },
  });
}

async function turn(deliveries: Deliveries = worker()): Promise<void> {
  await deliveries.tick();
  await deliveries.idle();
}

async function endpoint(path = "/hook", kind: "webhook" | "chat" = "webhook") {
  const eventTypes = kind === "chat" ? ["alert.raised" as const] : ["case.closed" as const];
  const input = { kind, target: origin + path, description: "", eventTypes };
  const { endpoint: made, secret } = await createEndpoint(ctx(), input, { allowPrivate: true });
  return { ...made, secret: secret ?? "" };
}

const tell = (type = "case.closed", payload: Prisma.InputJsonObject = { caseId: "c1" }): Promise<void> =>
  database.db.$transaction((tx) => recordOutbox(tx, now(), type, payload));

/** The receiving side, written from the specification alone. */
function verify(secret: string, { headers, body }: Received): boolean {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(secret.split("_")[1] ?? "", "base64");
  const wanted = createHmac("sha256", key).update(signed).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .some((each) => {
      const given = Buffer.from(each.split(",")[1] ?? "", "base64");
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
}

test("an event is sent once, signed, to those who want its type", async () => {
  const { secret } = await endpoint();
  await tell();
  await tell("label.recorded", { caseId: "unwanted" });
  await turn();
  await turn();
  expect(received).toHaveLength(1);
  const [first] = received;
  if (first === undefined) throw new Error("nothing came");
  expect(JSON.parse(first.body)).toEqual({
    type: "case.closed",
    timestamp: now().toISOString(),
    data: { caseId: "c1" },
  });
  expect(Number(first.headers["webhook-timestamp"])).toBe(start / 1_000);
  expect(verify(secret, first)).toBe(true);
  expect(verify(secret, { ...first, body: first.body.replace("c1", "c2") })).toBe(false);
  expect(await database.db.webhookDelivery.findMany()).toMatchObject([
    { status: "delivered", attempts: 1, responseCode: 204 },
  ]);
});

test("a failure is tried again after growing pauses with the same id, and given up after days", async () => {
  await endpoint();
  await tell();
  answers = Array.from({ length: 20 }, () => 500);
  await turn();
  nowMs += 4_000;
  await turn();
  expect(received).toHaveLength(1);
  nowMs += 1_000;
  await turn();
  expect(received).toHaveLength(2);
  for (let hours = 0; hours < 100; hours++) {
    nowMs += HOUR;
    await turn();
  }
  expect(received).toHaveLength(11);
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await database.db.webhookDelivery.findFirst()).toMatchObject({
    status: "failed",
    responseCode: 500,
    error: "answered 500",
  });
});

test("what a killed worker had begun is sent again by another", async () => {
  await endpoint();
  await tell();
  await turn();
  await database.db.webhookDelivery.updateMany({
    data: { status: "pending", attempts: 1, nextAttemptAt: new Date(nowMs + 60_000), endedAt: null },
  });
  await turn();
  expect(received).toHaveLength(1);
  nowMs += 60_000;
  await turn();
  expect(received).toHaveLength(2);
  expect(await database.db.webhookDelivery.findFirst()).toMatchObject({ status: "delivered", attempts: 2 });
});

test("several workers hand over and send each event once", async () => {
  await endpoint();
  for (let n = 0; n < 60; n++) await tell("case.closed", { caseId: `c${n}` });
  const workers = [worker(), worker(), worker()];
  await Promise.all(workers.map((each) => turn(each)));
  await turn();
  expect(received).toHaveLength(60);
  expect(new Set(received.map(({ body }) => body)).size).toBe(60);
});

test("a receiver that is slow holds up no other, and its time runs out", async () => {
  const slow = createServer(() => {});
  await new Promise<void>((done) => slow.listen(0, "127.0.0.1", done));
  const address = slow.address();
  const target = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
  await createEndpoint(
    ctx(),
    { kind: "webhook", target, description: "", eventTypes: ["case.closed"] },
    { allowPrivate: true },
  );
  await endpoint();
  await tell();
  const deliveries = worker();
  await deliveries.tick();
  await expect.poll(() => received.length, { timeout: 5_000 }).toBe(1);
  slow.closeAllConnections();
  await deliveries.stop();
  slow.close();
  const statuses = await database.db.webhookDelivery.findMany({ orderBy: { status: "asc" } });
  expect(statuses).toMatchObject([{ status: "delivered" }, { status: "pending", error: /./ }]);
});

test("redirects are not followed, and private networks are refused when connecting", async () => {
  await endpoint("/redirect");
  await tell();
  await turn();
  expect(received.map(({ path }) => path)).toEqual(["/redirect"]);
  expect(await database.db.webhookDelivery.findFirst()).toMatchObject({ error: "answered 302" });
  nowMs += HOUR;
  await turn(worker(false));
  expect(received).toHaveLength(1);
  expect(await database.db.webhookDelivery.findFirst()).toMatchObject({
    error: "refused: not an https address on the internet",
  });
});

test("both secrets sign for a day after a rotation, then the new one alone", async () => {
  const { id, version, secret: old } = await endpoint();
  const { secret } = await rotateSecret(ctx(), { endpointId: id, version });
  await tell();
  await turn();
  nowMs += 25 * HOUR;
  await tell();
  await turn();
  const [during, after] = received;
  if (during === undefined || after === undefined || secret === null) throw new Error("too few came");
  expect([verify(old, during), verify(secret, during)]).toEqual([true, true]);
  expect([verify(old, after), verify(secret, after)]).toEqual([false, true]);
});

test("an endpoint that nothing reached for days is disabled, with an alert; it can be enabled again", async () => {
  const { id } = await endpoint();
  answers = Array.from({ length: 50 }, () => 503);
  for (let day = 0; day <= 6; day++) {
    await tell();
    await turn();
    nowMs += 24 * HOUR;
  }
  const row = await database.db.webhookEndpoint.findUniqueOrThrow({ where: { id } });
  expect(row.disabledBecause).toBe("nothing reached it for 5 days");
  expect(await database.db.auditEvent.count({ where: { action: "webhook.disable", subjectId: id } })).toBe(1);
  await turn();
  expect(await database.db.alert.findFirst({ where: { subject: `webhook_disabled:${id}` } })).not.toBeNull();
  answers = [];
  await changeEndpoint(ctx(), { endpointId: id, version: row.version, active: true }, { allowPrivate: true });
  await tell();
  await turn();
  expect(await database.db.webhookEndpoint.findUnique({ where: { id } })).toMatchObject({
    failingSince: null,
  });
});

test("one that answers 410 is disabled at once", async () => {
  const { id } = await endpoint();
  answers = [410];
  await tell();
  await turn();
  expect((await database.db.webhookEndpoint.findUnique({ where: { id } }))?.disabledAt).not.toBeNull();
  expect(await database.db.webhookDelivery.findFirst()).toMatchObject({
    status: "failed",
    responseCode: 410,
  });
});

test("a chat is told of an alert when it opens, not each time it is raised", async () => {
  await endpoint("/chat", "chat");
  const payload = { kind: "case_overdue", caseId: "c1", queue: { id: "q1", name: "Transfers" } };
  await tell("alert.raised", payload);
  await tell("alert.raised", { ...payload, caseId: "c2" });
  await turn();
  expect(received.map(({ body }) => JSON.parse(body))).toEqual([
    {
      text: "[warning] Cases of Transfers are overdue\nThe time promised for a verdict has passed.\nhttps://assay.example/queue",
    },
  ]);
  expect(await database.db.alert.findFirst({ where: { subject: "case_overdue:q1" } })).toMatchObject({
    raised: 2,
  });
});

test("an e-mail is handed to the mail server, and waits where none is set", async () => {
  const catcher = await catchMail();
  const server = { host: "127.0.0.1", port: catcher.port, isTls: false, login: null };
  await createEndpoint(
    ctx(),
    { kind: "email", target: "ops@example.com", description: "", eventTypes: ["alert.raised"] },
    { allowPrivate: false },
  );
  await tell("alert.raised", { kind: "case_overdue", caseId: "c1" });
  await turn();
  expect(await database.db.webhookDelivery.findFirst()).toMatchObject({
    status: "pending",
    error: "no SMTP server is set (SMTP_URL)",
  });
  nowMs += HOUR;
  await turn(worker(true, { server, from: "assay@example.com", now }));
  expect(await database.db.webhookDelivery.findFirst()).toMatchObject({
    status: "delivered",
    responseCode: 250,
  });
  const [message = ""] = catcher.messages;
  await catcher.close();
  expect(message).toContain("To: <ops@example.com>");
  const body = Buffer.from(message.split("\r\n\r\n")[1] ?? "", "base64").toString();
  expect(body).toContain("Cases of no queue are overdue");
});

test("without endpoints the outbox does not grow: what nobody wanted goes after a day, what was sent after a week", async () => {
  const { id, version } = await endpoint();
  await tell();
  await turn();
  await changeEndpoint(ctx(), { endpointId: id, version, active: false }, { allowPrivate: true });
  for (let n = 0; n < 5; n++) await tell();
  await turn();
  expect(await database.db.outboxEvent.count()).toBe(6);
  nowMs += 25 * HOUR;
  await turn();
  expect(await database.db.outboxEvent.count()).toBe(1);
  nowMs += 7 * 24 * HOUR;
  await turn();
  expect([await database.db.webhookDelivery.count(), await database.db.outboxEvent.count()]).toEqual([0, 0]);
});
