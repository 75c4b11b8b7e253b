import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateApiKey } from "#server/auth/api-key.ts";
import type { Database } from "#server/db/client.ts";
import type { Role } from "#server/domain/permission.ts";
import { createApiKey } from "#server/services/api-key/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { createUser } from "#server/services/user/index.ts";

export type DemoUser = { readonly email: string; readonly role: Role; readonly password: string | null };
export type DemoAccess = { readonly apiKey: string; readonly users: readonly DemoUser[] };

const demoUsers = [
  { email: "analyst@demo.assay", name: "Ana Lyst", role: "analyst" },
  { email: "lead@demo.assay", name: "Lea Dean", role: "lead" },
  { email: "admin@demo.assay", name: "Ada Min", role: "admin" },
] as const;

/**
 * The demo's users and API key, made at the first start. Passwords are returned only then (null afterwards); the
 * key is kept in the data folder for the live feed.
 */
export async function demoAccess(db: Database, dataDir: string, now: Date): Promise<DemoAccess> {
  const ctx: ServiceContext = { db, actor: { kind: "system", name: "demo" }, now: () => now };
  const users: DemoUser[] = [];
  for (const { email, name, role } of demoUsers) {
    const known = await db.user.findUnique({ where: { email } });
    const password =
      known === null
        ? (await createUser(ctx, { email, name, role, password: null })).generatedPassword
        : null;
    users.push({ email, role, password });
  }
  return { users, apiKey: readDemoKey(dataDir) ?? (await makeDemoKey(ctx, dataDir)) };
}

/** The demo's API key as kept in the data folder, or null before the first start. */
export function readDemoKey(dataDir: string): string | null {
  const file = keyFile(dataDir);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

/** Deletes the kept key, which is of no use to another database. */
export function forgetDemoKey(dataDir: string): void {
  rmSync(keyFile(dataDir), { force: true });
}

async function makeDemoKey(ctx: ServiceContext, dataDir: string): Promise<string> {
  const name = `demo ${ctx.now().toISOString()}`;
  const { key } = await createApiKey(ctx, { name, scopes: ["score", "label"] }, () =>
    generateApiKey(randomBytes),
  );
  writeFileSync(keyFile(dataDir), key, { mode: 0o600 });
  return key;
}

function keyFile(dataDir: string): string {
  return join(dataDir, "demo-api-key");
}
