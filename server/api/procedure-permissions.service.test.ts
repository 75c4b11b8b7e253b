import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Actor } from "#server/domain/actor.ts";
import { hasPermission, roles, scopes } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { defaultReviewSettings } from "#server/domain/review-settings.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { seedUser } from "#server/services/case/testing/seed.ts";
import { activatePolicy } from "#server/services/policy/index.ts";
import { procedurePermissions } from "./procedure-permissions.ts";
import { createCaller } from "./root.ts";
import { allProcedures } from "./testing/procedures.ts";
import { sampleInput } from "./testing/sample-input.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const refuse = (): Promise<never> => Promise.reject(new Error("no scoring in this test"));
const scoring: ScoringPort = { score: refuse, scoreBatch: refuse, byId: refuse };

const procedures = allProcedures();

let database: TestDatabase;
let pool: Pool;
const callers: { readonly name: string; readonly actor: Actor }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  const system = { kind: "system", name: "test" } as const;
  await activatePolicy(
    { db: database.db, actor: system, now: () => now },
    { policy: defaultPolicy, expectedActiveId: null },
  );
  for (const role of roles) {
    callers.push({ name: role, actor: { kind: "user", ...(await seedUser(database.db, role)) } });
  }
  for (const scope of scopes) {
    callers.push({
      name: `a key for ${scope}`,
      actor: { kind: "api_key", id: scope, name: scope, scopes: [scope] },
    });
  }
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Where the least that the schema takes would change what is someone else's, or cannot be told from the schema. */
const ownInputs: Readonly<Record<string, (actor: Actor) => unknown>> = {
  "case.assign": (actor) => ({ caseIds: ["x"], userId: idOf(actor) }),
  "user.setTimeOff": (actor) => ({ userId: idOf(actor), awayFrom: null, awayUntil: null }),
  "label.record": () => ({
    transactionId: "pay_unknown",
    label: "fraud",
    source: "manual",
    occurredAt: now.toISOString(),
  }),
  "policy.activate": () => ({ policy: defaultPolicy, expectedActiveId: "x" }),
  "reviewSettings.set": () => ({ settings: defaultReviewSettings, expected: defaultReviewSettings }),
};

function idOf(actor: Actor): string {
  return "id" in actor ? actor.id : "x";
}

async function codeOf(actor: Actor | null, path: string, input: unknown): Promise<string> {
  const caller = createCaller({ db: database.db, pool, actor, now: () => now, scoring });
  const procedure: unknown = path
    .split(".")
    .reduce<unknown>((node, name) => Reflect.get(Object(node), name), caller);
  if (typeof procedure !== "function") throw new Error(`${path} is no procedure`);
  try {
    await procedure(input);
    return "OK";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "thrown";
  }
}

test("the matrix names every procedure, and no other", () => {
  expect(Object.keys(procedurePermissions).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

test("every procedure asks for the permission that the matrix says", () => {
  const asked = procedures.map(({ path, permission }) => [path, permission]);
  expect(Object.fromEntries(asked)).toEqual(procedurePermissions);
});

test.each(procedures)(
  "$path is for who has its permission, and nobody else",
  async ({ path, inputs: schemas }) => {
    const permission = procedurePermissions[path] ?? "public";
    for (const { name, actor } of callers) {
      const input = ownInputs[path]?.(actor) ?? sampleInput(schemas);
      const may = permission === "public" || hasPermission(actor, permission);
      if (may) {
        const code = await codeOf(actor, path, input);
        expect(code, `${name} with ${JSON.stringify(input)}`).not.toBe("UNAUTHORIZED");
        expect(code, `${name} with ${JSON.stringify(input)}`).not.toBe("FORBIDDEN");
      } else {
        expect(await codeOf(actor, path, input), name).toBe("FORBIDDEN");
        expect(await codeOf(actor, path, { nonsense: true }), `${name}, before the input is read`).toBe(
          "FORBIDDEN",
        );
      }
    }
    const unknown = permission === "public" ? "OK" : "UNAUTHORIZED";
    expect(await codeOf(null, path, sampleInput(schemas)), "signed out").toBe(unknown);
  },
);

test("the least input of every procedure is one that it takes", () => {
  const refused = procedures.flatMap(({ path, inputs: parsers }) => {
    const own = ownInputs[path]?.({ kind: "system", name: "x" });
    return parsers.length === 0 || parses(parsers, own ?? sampleInput(parsers)) ? [] : [path];
  });
  expect(refused).toEqual([]);
});

function parses(parsers: readonly unknown[], input: unknown): boolean {
  return parsers.every((parser) => {
    const parse: unknown = Reflect.get(Object(parser), "safeParse");
    if (typeof parse !== "function") return true;
    const { success }: { success: boolean } = parse.call(parser, input);
    return success;
  });
}
