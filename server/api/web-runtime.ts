import type { Pool } from "pg";
import { authSecret, internalToken } from "#server/auth/secret.ts";
import { type Database, openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { type Environment, EnvironmentError, readEnvironment, scoringUrl } from "#server/env.ts";
import { httpScoringPort } from "./http-scoring-port.ts";

/** What the web process opens once and every request shares. */
export type WebRuntime = {
  readonly environment: Environment;
  readonly secret: string;
  readonly db: Database;
  readonly pool: Pool;
  readonly scoring: ScoringPort;
};

const kept = globalThis as typeof globalThis & { assayWebRuntime?: WebRuntime };

/**
 * The web process's connections, opened at the first request, so that a build needs neither database nor network.
 * Kept on globalThis, because a development server loads modules again after every edit.
 * @throws EnvironmentError when DATABASE_URL is unset: the web process never starts a database of its own.
 */
export function webRuntime(): WebRuntime {
  kept.assayWebRuntime ??= open(readEnvironment());
  return kept.assayWebRuntime;
}

function open(environment: Environment): WebRuntime {
  const url = environment.DATABASE_URL;
  if (url === undefined) throw new EnvironmentError("DATABASE_URL is not set: the web process needs it.");
  const secret = authSecret(environment);
  return {
    environment,
    secret,
    db: openDatabase(url),
    pool: openPool(url, 10),
    scoring: httpScoringPort(scoringUrl(environment), internalToken(secret)),
  };
}
