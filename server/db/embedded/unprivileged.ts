import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Where PostgreSQL's programs and data lie, and as whom it runs; `identity` is null when not root. */
export type Placement = {
  readonly programs: string; // folder with bin/, lib/ and share/
  readonly data: string;
  readonly identity: { readonly uid: number; readonly gid: number } | null;
};

/**
 * PostgreSQL refuses to run as root. As root it runs as an unprivileged user, who must be able to reach programs
 * and data: where the checkout or the data folder is closed to that user, both go to a folder under /var/lib.
 */
export function placePostgres(native: string, dataDir: string): Placement {
  const data = resolve(dataDir, "postgres");
  if (process.getuid?.() !== 0) return { programs: native, data, identity: null };
  const identity = unprivilegedIdentity();
  mkdirSync(dirname(data), { recursive: true });
  const open = canEnter(identity, native) && canEnter(identity, dirname(data));
  if (open) return { programs: native, data: ownedFolder(data, identity), identity };
  const home = fallbackHome(dataDir);
  ownedFolder(home, identity);
  return {
    programs: copiedPrograms(native, home),
    data: ownedFolder(join(home, "postgres"), identity),
    identity,
  };
}

/** The folder under /var/lib that stands in for a data folder closed to others. */
export function fallbackHome(dataDir: string): string {
  const key = createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12);
  return join("/var/lib/assay", key);
}

function ownedFolder(path: string, { uid, gid }: { uid: number; gid: number }): string {
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chownSync(path, uid, gid);
  return path;
}

function copiedPrograms(native: string, home: string): string {
  const target = join(home, "programs");
  if (!existsSync(join(target, "bin", "postgres"))) {
    rmSync(target, { recursive: true, force: true });
    cpSync(native, target, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "a+rX", target]);
  }
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
