import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import type { Role } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { activatePolicy, activePolicy, ensureActivePolicy, listPolicies } from "./index.ts";

let database: TestDatabase;
const now = new Date(Date.UTC(2026, 5, 1));
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: "u", name: "Lea", role },
  now: () => now,
});
const strict = { ...defaultPolicy, name: "Strict", reviewCapacityPerDay: 500 };

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("many processes starting at once agree on one starting policy", async () => {
  await expect(activePolicy(as("viewer"))).rejects.toMatchObject({ code: "not_found" });
  const started = await Promise.all([1, 2, 3, 4].map(() => ensureActivePolicy(database.db, now)));
  expect(new Set(started.map(({ id }) => id)).size).toBe(1);
  expect(started[0]).toMatchObject({ status: "active", policy: defaultPolicy });
});

test("activating makes a new version, retires the old, and tells the scoring servers", async () => {
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  await listener.query(`listen ${SERVING_CHANNEL}`);
  const told = new Promise<string>((resolve) => listener.on("notification", (n) => resolve(n.payload ?? "")));
  const before = await activePolicy(as("lead"));
  const after = await activatePolicy(as("lead"), { policy: strict, expectedActiveId: before.id });
  expect(after).toMatchObject({ status: "active", policy: strict });
  expect(after.number).toBeGreaterThan(before.number); // starting at once with others may have used up numbers
  expect(await told).toBe(`policy ${after.id}`);
  await listener.end();
  expect((await listPolicies(as("viewer"))).map(({ status }) => status)).toEqual(["active", "retired"]);
  const audit = await database.db.auditEvent.findFirst({ where: { subjectId: after.id } });
  expect(audit).toMatchObject({ action: "policy.activate", actorName: "Lea" });
});

test("of two changes made from the same policy one wins and the other is a conflict", async () => {
  const { id } = await activePolicy(as("lead"));
  const change = (name: string) =>
    activatePolicy(as("lead"), { policy: { ...strict, name }, expectedActiveId: id });
  const outcomes = await Promise.allSettled([change("A"), change("B")]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const loser = outcomes.find((outcome) => outcome.status === "rejected");
  expect(loser?.reason).toMatchObject({ code: "conflict" });
  expect(await database.db.policyVersion.count({ where: { status: "active" } })).toBe(1);
});

test("an analyst may not change the policy, and nonsense is refused with the reason", async () => {
  const { id } = await activePolicy(as("analyst"));
  const input = { policy: strict, expectedActiveId: id };
  await expect(activatePolicy(as("analyst"), input)).rejects.toMatchObject({ code: "forbidden" });
  const crossed = { ...strict, reviewThreshold: 0.9, declineThreshold: 0.1 };
  const refused = activatePolicy(as("lead"), { policy: crossed, expectedActiveId: id });
  await expect(refused).rejects.toMatchObject({
    code: "invalid",
    message: "Review threshold must not exceed decline threshold",
  });
});
