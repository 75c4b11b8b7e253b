import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateApiKey, hashApiKey } from "#server/auth/api-key.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "./index.ts";

let database: TestDatabase;
const now = new Date(Date.UTC(2026, 5, 1));
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: "u", name: "Ada", role },
  now: () => now,
});
const generate = () => generateApiKey(randomBytes);

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a key is shown once and kept as its hash; the audit row knows neither", async () => {
  const input = { name: " Shop ", scopes: ["score", "score", "label"] as const };
  const { key, apiKey } = await createApiKey(as("admin"), input, generate);
  expect(apiKey).toMatchObject({ name: "Shop", scopes: ["score", "label"], revokedAt: null });
  const row = await database.db.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } });
  expect(Buffer.from(row.hash)).toEqual(Buffer.from(hashApiKey(key)));
  const audit = await database.db.auditEvent.findFirstOrThrow({ where: { subjectId: apiKey.id } });
  expect(audit.action).toBe("api_key.create");
  expect(JSON.stringify(audit.after)).not.toContain(key);
  expect(JSON.stringify(await listApiKeys(as("admin")))).not.toContain(key);
});

test("an active name is taken, a revoked one is free again, and a key is revoked once", async () => {
  const ctx = as("admin");
  const input = { name: "Till", scopes: ["score"] as const };
  const { apiKey } = await createApiKey(ctx, input, generate);
  await expect(createApiKey(ctx, input, generate)).rejects.toMatchObject({ code: "conflict" });
  expect((await revokeApiKey(ctx, { keyId: apiKey.id })).revokedAt).toBe(now.toISOString());
  await expect(revokeApiKey(ctx, { keyId: apiKey.id })).rejects.toMatchObject({ code: "conflict" });
  await createApiKey(ctx, input, generate);
  const audit = await database.db.auditEvent.count({
    where: { action: "api_key.revoke", subjectId: apiKey.id },
  });
  expect(audit).toBe(1);
});

test("a key needs a name and a scope, an unknown one can't be revoked, and a lead manages none", async () => {
  const ctx = as("admin");
  const refuse = (name: string, scopes: ["score"] | []) => createApiKey(ctx, { name, scopes }, generate);
  await expect(refuse("  ", ["score"])).rejects.toMatchObject({ code: "invalid" });
  await expect(refuse("x", [])).rejects.toMatchObject({ code: "invalid" });
  await expect(revokeApiKey(ctx, { keyId: "none" })).rejects.toMatchObject({ code: "not_found" });
  const lead = as("lead");
  const created = createApiKey(lead, { name: "x", scopes: ["score"] }, generate);
  await expect(created).rejects.toMatchObject({ code: "forbidden" });
  await expect(revokeApiKey(lead, { keyId: "x" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(listApiKeys(lead)).rejects.toMatchObject({ code: "forbidden" });
});
