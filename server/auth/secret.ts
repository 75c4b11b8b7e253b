import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Environment, EnvironmentError } from "#server/env.ts";

/**
 * The secret that signs sessions and internal calls: AUTH_SECRET, else one made once and kept in the data folder.
 * @throws EnvironmentError when it is unset although the database is external: processes on other machines could
 * then not agree on one.
 */
export function authSecret(env: Environment): string {
  if (env.AUTH_SECRET !== undefined) return env.AUTH_SECRET;
  if (env.DATABASE_URL !== undefined && env.NODE_ENV === "production") {
    throw new EnvironmentError(
      "AUTH_SECRET is not set: set it to the same 32 random characters in every process.",
    );
  }
  const file = join(env.ASSAY_DATA_DIR, "auth-secret");
  if (!existsSync(file)) {
    mkdirSync(env.ASSAY_DATA_DIR, { recursive: true });
    writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}

/** Credential with which Assay's own processes call the scoring API; it never leaves the installation. */
export function internalToken(secret: string): string {
  return `assay_internal_${createHmac("sha256", secret).update("scoring").digest("hex")}`;
}

/** Compares in constant time. */
export function isInternalToken(candidate: string, secret: string): boolean {
  const [given, expected] = [Buffer.from(candidate), Buffer.from(internalToken(secret))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
