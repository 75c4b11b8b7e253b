/** Resolves at the first Ctrl-C or SIGTERM; further ones are ignored, because the end is already under way. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((stop) => {
    process.on("SIGINT", () => stop());
    process.on("SIGTERM", () => stop());
  });
}
