import { existsSync, readdirSync } from "node:fs";
import { setPriority } from "node:os";

const LOWEST = 19;
const OWN_THREADS = "/proc/self/task";

/**
 * Puts this process behind everything else on the machine: payments being scored come first. On Linux a priority
 * belongs to a thread, so each of those that run already (V8 collects garbage and compiles in threads of its own) is
 * put back; later ones inherit it.
 */
export function runInBackground(): void {
  setPriority(LOWEST);
  if (!existsSync(OWN_THREADS)) return;
  for (const thread of readdirSync(OWN_THREADS)) {
    try {
      setPriority(Number(thread), LOWEST);
    } catch {
      // A thread that ended meanwhile.
    }
  }
}
