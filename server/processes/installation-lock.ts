import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Marks the data folder as in use by this process. A mark whose process is gone is taken over. Returns the release.
 * @throws Error when another Assay runs on the same folder.
 */
export function lockInstallation(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "assay.lock");
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
  if (Number.isInteger(holder) && holder !== process.pid && isAssay(holder)) {
    throw new Error(
      `Assay already runs on ${resolve(dataDir)} (process ${holder}): stop it first, or set ASSAY_DATA_DIR to another folder.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isAssay(pid: number): boolean {
  const listing = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return listing.status === 0 && /server\/cli\/[\w-]+\.ts/.test(listing.stdout);
}
