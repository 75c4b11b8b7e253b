import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { actorOfSession, endSessions } from "./actor-of-session.ts";
import { authenticate } from "./authenticate.ts";
import { SignInThrottle } from "./sign-in-throttle.ts";

const now = new Date("2026-11-20T10:00:00.000Z");
const password = "correct horse battery";
let database: TestDatabase;
let users = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function someone(fields: { disabledAt?: Date; role?: string } = {}) {
  users += 1;
  return database.db.user.create({
    data: {
      email: `user${users}@example.test`,
      name: "Noor",
      role: "analyst",
      passwordHash: await hash(password),
      createdAt: now,
      ...fields,
    },
  });
}

const signIn = (email: string, given = password, throttle = new SignInThrottle()) =>
  authenticate({ db: database.db, throttle, now }, { email, password: given });

test("the right password signs in, whatever the case of the address", async () => {
  const user = await someone();
  const answer = await signIn(` ${user.email.toUpperCase()} `);
  expect(answer).toEqual({ userId: user.id, name: "Noor", sessionVersion: 1 });
});

test("a wrong password, an unknown address and a disabled user are refused alike", async () => {
  const user = await someone();
  const disabled = await someone({ disabledAt: now });
  expect(await signIn(user.email, "wrong")).toBeNull();
  expect(await signIn("nobody@example.test")).toBeNull();
  expect(await signIn(disabled.email)).toBeNull();
});

test("after eight failures even the right password has to wait", async () => {
  const { email } = await someone();
  const throttle = new SignInThrottle();
  for (let i = 0; i < 8; i++) await signIn(email, "wrong", throttle);
  expect(await signIn(email, password, throttle)).toBeNull();
});

test("a session is its user, with the role as it is now", async () => {
  const user = await someone();
  const claims = { userId: user.id, sessionVersion: 1 };
  await database.db.user.update({ where: { id: user.id }, data: { role: "lead" } });
  expect(await actorOfSession(database.db, claims)).toEqual({
    kind: "user",
    id: user.id,
    name: "Noor",
    role: "lead",
  });
});

test("a session of an older version is nobody's", async () => {
  const user = await someone();
  const claims = { userId: user.id, sessionVersion: 1 };
  await endSessions(database.db, user.id);
  expect(await actorOfSession(database.db, claims)).toBeNull();
  expect(await actorOfSession(database.db, { ...claims, sessionVersion: 2 })).not.toBeNull();
});

test("a session of a disabled or removed user, or one that says nothing, is nobody's", async () => {
  const user = await someone({ disabledAt: now });
  expect(await actorOfSession(database.db, { userId: user.id, sessionVersion: 1 })).toBeNull();
  expect(await actorOfSession(database.db, { userId: "gone", sessionVersion: 1 })).toBeNull();
  expect(await actorOfSession(database.db, null)).toBeNull();
});
