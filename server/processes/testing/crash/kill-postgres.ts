import { readdirSync, readFileSync } from "node:fs";

/**
 * Kills a PostgreSQL server as a power cut would, as far as a process can: every backend and writer first, while the
 * postmaster is held still so that it cannot tidy up, then the postmaster. Killing the postmaster alone loses nothing
 * even where it should.
 */
export function killPostgres(postmaster: number): void {
  process.kill(postmaster, "SIGSTOP");
  for (const pid of childrenOf(postmaster)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it ended by itself
    }
  }
  process.kill(postmaster, "SIGKILL");
}

/** Processes whose parent is this one, as Linux lists them. */
export function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]); // the name before may hold anything
  } catch {
    return null;
  }
}
