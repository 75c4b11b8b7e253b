import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { ScoringMetrics } from "./metrics.ts";

const EVERY_MS = 15_000;

export type TimesRecorder = {
  /** Writes what was observed since the last call. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

export type RecordedTimes = {
  readonly pool: Pool;
  readonly metrics: ScoringMetrics;
  /** id of the model version that decides; null without one */
  readonly championId: () => string | null;
  readonly now: () => Date;
  readonly onFailure: (error: unknown) => void;
};

/**
 * Writes every few seconds how long this server took, counted by duration, for the guardrails, which look at all
 * servers. What could not be written is lost: they do without a few seconds. Requests count for the champion of their
 * seconds, and for none where it changed in them.
 */
export function recordTimes({ pool, metrics, championId, now, onFailure }: RecordedTimes): TimesRecorder {
  const server = randomUUID();
  let before = championId();
  const flush = async (): Promise<void> => {
    const { answers, models } = metrics.takeTimes();
    const champion = championId();
    const kept: [kind: string, id: string, counts: readonly number[]][] = [...models].map(([id, counts]) => [
      "model",
      id,
      counts,
    ]);
    if (champion !== null && champion === before && answers.some((count) => count > 0))
      kept.push(["answer", champion, answers]);
    before = champion;
    if (kept.length === 0) return;
    await pool.query(insert, [
      now(),
      server,
      kept.map(([kind]) => kind),
      kept.map(([, id]) => id),
      kept.map(([, , counts]) => `{${counts.join(",")}}`),
    ]);
  };
  const timer = setInterval(() => void flush().catch(onFailure), EVERY_MS);
  return {
    flush,
    async stop() {
      clearInterval(timer);
      await flush().catch(onFailure);
    },
  };
}

const insert = `
  insert into scoring_time (at, server, kind, model_version_id, counts)
  select $1, $2, kind, id, counts::int[] from unnest($3::text[], $4::text[], $5::text[]) as row(kind, id, counts)
  on conflict do nothing`;
