import { Client } from "pg";
import { LABEL_CHANNEL, SERVING_CHANNEL } from "#server/domain/model-version.ts";

export type Followed = "labels" | "serving";
export type Follow = (what: Followed) => Promise<void>;

const LABEL_POLL_MS = 1_000;
const SERVING_POLL_MS = 2_000;
const RECONNECT_MS = 1_000;
const CONNECT_LIMIT_MS = 1_500;

/**
 * Calls `follow` when PostgreSQL tells of new labels or of another champion or policy, and at intervals besides, as
 * what is told while the connection is broken is told to nobody.
 */
export function followChanges(databaseUrl: string, follow: Follow): { stop(): Promise<void> } {
  let client: Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const listen = async (): Promise<void> => {
    const listening = new Client({
      connectionString: databaseUrl,
      application_name: "assay-scoring-listener",
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      keepAlive: true,
    });
    client = listening;
    listening.on("error", () => {}); // "end" follows
    listening.on("end", again);
    listening.on("notification", ({ channel }) => {
      void follow(channel === LABEL_CHANNEL ? "labels" : "serving");
    });
    await listening.connect();
    await listening.query(`listen ${LABEL_CHANNEL}; listen ${SERVING_CHANNEL}`);
  };
  const again = (): void => {
    if (stopped) return;
    clearTimeout(retry);
    retry = setTimeout(() => void listen().catch(again), RECONNECT_MS);
  };
  void listen().catch(again);

  const polls = [
    setInterval(() => void follow("labels"), LABEL_POLL_MS),
    setInterval(() => void follow("serving"), SERVING_POLL_MS),
  ];
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      for (const poll of polls) clearInterval(poll);
      await client?.end().catch(() => {});
    },
  };
}
