import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Where PostgreSQL's programs and data lie, and as whom it runs; `identity` is null when not root. */
export type Placement = {
  readonly programs: string; // folder with bin/, lib/ and share/
  readonly data: string;
  readonly identity: { readonly uid: number; readonly gid: number } | null;
};

/**
 * PostgreSQL refuses to run as root. As root it runs as an unprivileged user, who must be able to reach programs
 * and data: what lies where that user can't go is kept under /var/lib instead.
 */
export function placePostgres(native: string, dataDir: string): Placement {
  const data = resolve(dataDir, "postgres");
  if (process.getuid?.() !== 0) return { programs: native, data, identity: null };
  const identity = unprivilegedIdentity();
  mkdirSync(dirname(data), { recursive: true });
  const programs = canEnter(identity, native) ? native : copiedPrograms(native);
  const home = fallbackHome(dataDir);
  if (home !== null) return { programs, data: ownedFolder(home, identity), identity };
  if (canEnter(identity, dirname(data))) return { programs, data: ownedFolder(data, identity), identity };
  if (existsSync(data)) {
    throw new Error(
      `The user postgres can't reach its data any more: allow it to enter ${dirname(data)} (chmod o+x).`,
    );
  }
  return { programs, data: ownedFolder(newFallbackHome(dataDir), identity), identity };
}

const VAR_FOLDER = "/var/lib/assay";

/**
 * The folder that stands in for a data folder closed to others; null when none does. Its name is kept in the data
 * folder, so that who deletes the one begins anew.
 */
export function fallbackHome(dataDir: string): string | null {
  const file = homeFile(dataDir);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

function newFallbackHome(dataDir: string): string {
  const home = join(VAR_FOLDER, randomBytes(8).toString("hex"));
  writeFileSync(homeFile(dataDir), home);
  return home;
}

function homeFile(dataDir: string): string {
  return join(dataDir, "postgres-home");
}

function ownedFolder(path: string, { uid, gid }: { uid: number; gid: number }): string {
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chownSync(path, uid, gid);
  return path;
}

/** One copy of these programs for all data folders of the machine; renamed into place, so that it is whole or absent. */
function copiedPrograms(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const target = join(VAR_FOLDER, `programs-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  execFileSync("chmod", ["-R", "a+rX", draft]);
  renameSync(draft, target);
  return target;
}

function canEnter(identity: { uid: number; gid: number }, folder: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...identity, cwd: "/" }).status === 0;
}

function unprivilegedIdentity(): { uid: number; gid: number } {
  const found = lookUpUser("postgres");
  if (found !== null) return found;
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  const made = lookUpUser("postgres");
  if (made !== null) return made;
  throw new Error(
    "PostgreSQL can't run as root, and no user 'postgres' could be made: create one, or set DATABASE_URL.",
  );
}

function lookUpUser(name: string): { uid: number; gid: number } | null {
  const read = (flag: string): number =>
    Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout.trim() || "NaN");
  const [uid, gid] = [read("-u"), read("-g")];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null;
}
