/**
 * What every process of Assay does at its end: drain once on SIGTERM or SIGINT, or when the supervisor that
 * started it is gone, and then exit with 0. A drain that fails exits with 1.
 */
export function drainOnSignal(drain: () => Promise<void>): void {
  let draining = false;
  const end = (): void => {
    if (draining) return;
    draining = true;
    drain().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("disconnect", end);
}

/** Tells the supervisor, if there is one, that this process now serves. */
export function announceReady(): void {
  process.send?.({ ready: true });
}
