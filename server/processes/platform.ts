import { createServer } from "node:net";
import { resolve } from "node:path";
import { authSecret } from "#server/auth/secret.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { type Environment, EnvironmentError, scoringUrl } from "#server/env.ts";
import { lockInstallation } from "./installation-lock.ts";
import { type KeptPostgres, keepPostgresRunning } from "./kept-postgres.ts";
import { createSupervisor, type ProcessRole, type Supervisor } from "./supervisor.ts";
import { buildPages } from "./web-build.ts";

export type Platform = {
  readonly databaseUrl: string;
  readonly supervisor: Supervisor;
  /** Ends the processes, then the database, then the mark on the data folder. */
  stop(): Promise<void>;
};

/**
 * Prepares what the processes need on this machine: the data folder, a database (embedded unless DATABASE_URL is
 * set) with all migrations, and free ports. Starts none of them yet.
 */
export async function preparePlatform(
  env: Environment,
  options: {
    readonly roles: readonly ProcessRole[];
    readonly echo: boolean;
    readonly onEvent: (line: string) => void;
  },
): Promise<Platform> {
  const dataDir = resolve(env.ASSAY_DATA_DIR);
  authSecret(env); // refuses before anything is started
  const release = lockInstallation(dataDir);
  let postgres: KeptPostgres | null = null;
  try {
    await requireFreePorts(env, options.roles);
    if (env.DATABASE_URL === undefined) postgres = await keepPostgresRunning(dataDir, options.onEvent);
    const databaseUrl = env.DATABASE_URL ?? postgres?.url ?? "";
    const applied = await applyMigrations(databaseUrl);
    if (applied.length > 0) options.onEvent(`applied ${applied.length} migration(s)`);
    const supervisor = createSupervisor({
      env: childEnvironment(env, databaseUrl),
      dataDir,
      echo: options.echo,
      onEvent: options.onEvent,
    });
    return { databaseUrl, supervisor, stop: () => stopAll(supervisor, postgres, release) };
  } catch (error) {
    await postgres?.stop();
    release();
    throw error;
  }
}

const files: Record<ProcessRole, string> = {
  scoring: "processes/scoring.ts",
  worker: "processes/worker.ts",
  web: "processes/web.ts",
};

/** Builds the pages if they changed and starts the roles asked for, all at once. */
export async function startRoles(supervisor: Supervisor, roles: readonly ProcessRole[]): Promise<void> {
  if (roles.includes("web")) await buildPages();
  await Promise.all(roles.map((role) => supervisor.start(role, files[role])));
}

function childEnvironment(env: Environment, databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    ASSAY_DATA_DIR: resolve(env.ASSAY_DATA_DIR),
    ASSAY_ENVIRONMENT: env.ASSAY_ENVIRONMENT,
    AUTH_SECRET: authSecret(env),
    PORT: String(env.PORT),
    SCORING_PORT: String(env.SCORING_PORT),
    SCORING_URL: scoringUrl(env),
    HOST: env.HOST,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

async function stopAll(
  supervisor: Supervisor,
  postgres: KeptPostgres | null,
  release: () => void,
): Promise<void> {
  await supervisor.stop();
  await postgres?.stop();
  release();
}

async function requireFreePorts(env: Environment, roles: readonly ProcessRole[]): Promise<void> {
  const wanted = [
    ...(roles.includes("web") ? [["PORT", env.PORT] as const] : []),
    ...(roles.includes("scoring") ? [["SCORING_PORT", env.SCORING_PORT] as const] : []),
  ];
  for (const [name, port] of wanted) {
    if (!(await isFree(port, env.HOST))) {
      throw new EnvironmentError(
        `Port ${port} is taken by another program: stop it, or set ${name} to another port.`,
      );
    }
  }
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, host, () => server.close(() => done(true)));
  });
}
