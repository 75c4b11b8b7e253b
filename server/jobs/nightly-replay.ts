import type { Pool } from "pg";
import type { TrainingChild } from "./training-child.ts";

/** UTC hour from which a night's check may begin. */
const NIGHT_HOUR = 2;

export type NightlyReplayDeps = {
  readonly pool: Pool;
  readonly now: () => Date;
  readonly startChild: () => TrainingChild;
  readonly onFailure: (failure: string) => void;
};

export type NightlyReplay = {
  /** Starts this night's check where it is due and no worker has begun it. */
  tick(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Once a night a sample of what was served is computed again from the log, in a process of its own behind everything
 * else. Of many workers one begins it; a fresh installation begins the night after its first day.
 */
export function createNightlyReplay({ pool, now, startChild, onFailure }: NightlyReplayDeps): NightlyReplay {
  let child: TrainingChild | null = null;
  return {
    async tick() {
      const at = now();
      if (child !== null || at.getUTCHours() < NIGHT_HOUR || !(await beginNight(pool, at))) return;
      child = startChild();
      void child.ended.then(({ failure }) => {
        child = null;
        if (failure !== null) onFailure(failure);
      });
    },
    async stop() {
      child?.kill("SIGTERM");
      await child?.ended;
    },
  };
}

/** True for the one caller that begins the night of `at`. */
async function beginNight(pool: Pool, at: Date): Promise<boolean> {
  const night = at.toISOString().slice(0, 10);
  const { rows } = await pool.query<{ begun: boolean }>(
    `insert into setting (key, value) values ('nightlyReplay', jsonb_build_object('night', $1::text))
     on conflict (key) do update set value = excluded.value where setting.value ->> 'night' < $1
     returning xmax <> 0 as begun`,
    [night],
  );
  return rows[0]?.begun ?? false;
}
