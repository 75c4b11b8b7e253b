import type { Pool } from "pg";
import { openArtifacts } from "#server/db/artifacts/open-artifacts.ts";
import { type Database, openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { type Environment, EnvironmentError, readEnvironment } from "#server/env.ts";
import { authSecret } from "./secret.ts";

/** What the web process opens once, and signing in and every request share. */
export type WebConnections = {
  readonly environment: Environment;
  readonly secret: string;
  readonly db: Database;
  readonly pool: Pool;
};

const kept = globalThis as typeof globalThis & { assayWebConnections?: WebConnections };

/**
 * The web process's connections, opened at the first request, so that a build needs neither database nor network.
 * Kept on globalThis, because a development server loads modules again after every edit.
 * @throws EnvironmentError when DATABASE_URL is unset: the web process never starts a database of its own.
 */
export function webConnections(): WebConnections {
  kept.assayWebConnections ??= open(readEnvironment());
  return kept.assayWebConnections;
}

function open(environment: Environment): WebConnections {
  const url = environment.DATABASE_URL;
  if (url === undefined) throw new EnvironmentError("DATABASE_URL is not set: the web process needs it.");
  openArtifacts(environment);
  return { environment, secret: authSecret(environment), db: openDatabase(url), pool: openPool(url, 10) };
}
