import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";

export type KeptPostgres = { readonly url: string; stop(): Promise<void> };

const ATTEMPTS = 10;

/**
 * Starts the embedded PostgreSQL and starts it again, on the same port, whenever it ends unasked. Its write-ahead
 * log brings back everything acknowledged.
 */
export async function keepPostgresRunning(
  dataDir: string,
  onEvent: (line: string) => void,
): Promise<KeptPostgres> {
  let current = await startEmbeddedPostgres(dataDir);
  const port = Number(new URL(current.url).port);
  let stopping = false;

  const revive = async (): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS && !stopping; attempt++) {
      onEvent("PostgreSQL ended unasked; starting it again");
      try {
        watch(await startEmbeddedPostgres(dataDir, port));
        return;
      } catch (error) {
        onEvent(error instanceof Error ? error.message : String(error));
        await sleep(1_000 * attempt);
      }
    }
  };
  const watch = (started: EmbeddedPostgres): void => {
    current = started;
    started.onUnexpectedExit(() => void revive());
  };
  watch(current);
  return {
    url: current.url,
    stop: async () => {
      stopping = true;
      await current.stop();
    },
  };
}
