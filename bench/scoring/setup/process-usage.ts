import { readdirSync, readFileSync } from "node:fs";

/** What processes have used, as Linux counts it. */
export type ProcessUsage = { readonly cpuSeconds: number; readonly rssBytes: number };

const TICKS_PER_SECOND = 100; // USER_HZ, which Linux fixes for every reader of /proc

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number };

/**
 * CPU time of a process and everything below it, ended children included, and the memory of those that live. Null where
 * there is no /proc, or no such process.
 */
export function usageOfTree(root: number): ProcessUsage | null {
  const stats = readStats();
  const top = stats.get(root);
  if (top === undefined) return null;
  let [ticks, rssBytes] = [0, 0];
  for (const stat of stats.values()) {
    if (!isBelow(stat, root, stats)) continue;
    ticks += stat.ticks;
    rssBytes += memoryOf(stat.pid, "VmRSS") ?? 0;
  }
  return { cpuSeconds: ticks / TICKS_PER_SECOND, rssBytes };
}

/** A line of /proc/<pid>/status in bytes: VmRSS is what it holds now, VmHWM the most it ever held. */
export function memoryOf(pid: number, line: "VmRSS" | "VmHWM"): number | null {
  const status = textOf(`/proc/${pid}/status`);
  const kilobytes = status === null ? undefined : new RegExp(`^${line}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

function isBelow(stat: Stat, root: number, stats: ReadonlyMap<number, Stat>): boolean {
  for (let at: Stat | undefined = stat; at !== undefined; at = stats.get(at.parent)) {
    if (at.pid === root) return true;
  }
  return false;
}

function readStats(): Map<number, Stat> {
  const stats = new Map<number, Stat>();
  for (const name of namesOf("/proc")) {
    const text = /^\d+$/.test(name) ? textOf(`/proc/${name}/stat`) : null;
    if (text === null) continue;
    const stat = parseStat(Number(name), text);
    stats.set(stat.pid, stat);
  }
  return stats;
}

/** Fields of proc(5): 4 is the parent, 14 to 17 user and system time of itself and of children it has buried. */
export function parseStat(pid: number, text: string): Stat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" "); // the name before may hold anything
  const field = (number: number): number => Number(fields[number - 3] ?? 0);
  return { pid, parent: field(4), ticks: field(14) + field(15) + field(16) + field(17) };
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null; // it ended meanwhile
  }
}
