import { verify } from "@node-rs/argon2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  changeRole,
  createUser,
  disableUser,
  enableUser,
  generatePassword,
  listUsers,
  setPassword,
} from "./index.ts";

let database: TestDatabase;
const now = new Date(Date.UTC(2026, 5, 1));
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: "u", name: "Ada", role },
  now: () => now,
});
const PASSWORD = "correct horse battery";

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function stored(id: string) {
  return database.db.user.findUniqueOrThrow({ where: { id } });
}

test("a user is created with a generated password, which is returned once and kept as a hash", async () => {
  const email = "  Ana@Example.com ";
  const { user, generatedPassword } = await createUser(as("admin"), {
    email,
    role: "analyst",
    password: null,
  });
  expect(user).toMatchObject({ email: "ana@example.com", name: "ana", role: "analyst", disabledAt: null });
  const { passwordHash } = await stored(user.id);
  expect(passwordHash).toMatch(/^\$argon2id\$/);
  expect(await verify(passwordHash, generatedPassword ?? "")).toBe(true);
  const audit = await database.db.auditEvent.findFirst({ where: { subjectId: user.id } });
  expect(audit).toMatchObject({ action: "user.create", actorName: "Ada" });
  expect(JSON.stringify(audit, (_, v) => (typeof v === "bigint" ? Number(v) : v))).not.toContain("argon2");
});

test("a taken e-mail is a conflict, whatever its case, and a short password is refused", async () => {
  const ctx = as("admin");
  await createUser(ctx, { email: "two@example.com", role: "viewer", password: PASSWORD });
  const again = createUser(ctx, { email: "TWO@example.com", role: "viewer", password: PASSWORD });
  await expect(again).rejects.toMatchObject({ code: "conflict" });
  const short = createUser(ctx, { email: "three@example.com", role: "viewer", password: "short" });
  await expect(short).rejects.toMatchObject({ code: "invalid" });
  const odd = createUser(ctx, { email: "no address", role: "viewer", password: PASSWORD });
  await expect(odd).rejects.toMatchObject({ code: "invalid" });
});

test("only those who manage users may create, change or list them", async () => {
  const lead = as("lead");
  const refused = { code: "forbidden" };
  await expect(
    createUser(lead, { email: "x@example.com", role: "admin", password: null }),
  ).rejects.toMatchObject(refused);
  await expect(setPassword(lead, { userId: "x", password: PASSWORD })).rejects.toMatchObject(refused);
  await expect(listUsers(lead)).rejects.toMatchObject(refused);
  expect(() => disableUser(lead, { userId: "x" })).toThrow("user:manage");
  expect(() => changeRole(lead, { userId: "x", role: "admin" })).toThrow("user:manage");
});

test("a changed role, a new password and disabling each end the user's sessions", async () => {
  const ctx = as("admin");
  const { user } = await createUser(ctx, { email: "four@example.com", role: "viewer", password: PASSWORD });
  await changeRole(ctx, { userId: user.id, role: "lead" });
  await setPassword(ctx, { userId: user.id, password: "another password" });
  await disableUser(ctx, { userId: user.id });
  const after = await stored(user.id);
  expect(after).toMatchObject({ role: "lead", sessionVersion: 4, disabledAt: now });
  expect(await verify(after.passwordHash, "another password")).toBe(true);
  await expect(disableUser(ctx, { userId: user.id })).rejects.toMatchObject({ code: "conflict" });
  await expect(changeRole(ctx, { userId: user.id, role: "lead" })).rejects.toMatchObject({
    code: "conflict",
  });
  const actions = await database.db.auditEvent.findMany({
    where: { subjectId: user.id },
    orderBy: { seq: "asc" },
  });
  expect(actions.map(({ action }) => action)).toEqual([
    "user.create",
    "user.change_role",
    "user.set_password",
    "user.disable",
  ]);
});

test("a disabled user is enabled again with the role and password of before, and old sessions stay ended", async () => {
  const ctx = as("admin");
  const { user } = await createUser(ctx, { email: "five@example.com", role: "lead", password: PASSWORD });
  await expect(enableUser(ctx, { userId: user.id })).rejects.toMatchObject({ code: "conflict" });
  await disableUser(ctx, { userId: user.id });
  const locked = await stored(user.id);
  await enableUser(ctx, { userId: user.id });
  const { sessionVersion, passwordHash } = locked;
  expect(await stored(user.id)).toMatchObject({
    ...{ disabledAt: null, role: "lead", passwordHash },
    sessionVersion: sessionVersion + 1,
  });
  const audit = await database.db.auditEvent.findMany({
    where: { subjectId: user.id, action: "user.enable" },
  });
  expect(audit).toMatchObject([
    { before: { disabledAt: now.toISOString() }, after: { disabledAt: null }, actorName: "Ada" },
  ]);
  expect(() => enableUser(as("lead"), { userId: user.id })).toThrow("user:manage");
  await expect(enableUser(ctx, { userId: "nobody" })).rejects.toMatchObject({ code: "not_found" });
});

test("the last admin stays, even when two admins remove each other at once", async () => {
  const ctx = as("admin");
  const admins = await Promise.all(
    ["a1@example.com", "a2@example.com"].map((email) =>
      createUser(ctx, { email, role: "admin", password: PASSWORD }),
    ),
  );
  const removals = admins.map(({ user }) => changeRole(ctx, { userId: user.id, role: "viewer" }));
  const outcomes = (await Promise.allSettled(removals)).map(({ status }) => status);
  expect(outcomes.sort()).toEqual(["fulfilled", "rejected"]);
  expect(await database.db.user.count({ where: { role: "admin", disabledAt: null } })).toBe(1);
});

test("a generated password is twenty characters that nobody confuses", () => {
  expect(generatePassword(() => Uint8Array.from({ length: 20 }, (_, i) => i * 13))).toMatch(
    /^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/,
  );
  expect(generatePassword()).not.toBe(generatePassword());
});
