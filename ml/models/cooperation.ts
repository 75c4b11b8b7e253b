import { setImmediate } from "node:timers/promises";

/**
 * Lets the event loop turn, then goes on unless the work was aborted. Long fits call it between steps.
 * @throws the signal's reason once it is aborted.
 */
export async function breathe(signal: AbortSignal | null): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
