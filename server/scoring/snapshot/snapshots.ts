import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";
import { createFeatureEngine } from "#ml/features/engine.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import { cameTooLate } from "#ml/features/replay.ts";
import { readLoggedLabels } from "#server/db/logged-labels.ts";
import { type LogPlace, LogReplay } from "../log-replay.ts";
import { identify, isSame } from "./database-identity.ts";
import {
  readArrays,
  readSubject,
  SnapshotError,
  type SnapshotSubject,
  writeSnapshotFile,
} from "./snapshot-file.ts";

/** Snapshots of feature state in the data folder, which every scoring server on that folder shares. */
export type Snapshots = {
  /**
   * A replay that goes on where the newest snapshot ends. Null where there is none that a replay of the whole log, as
   * it is now, would have come to; why is told to `onEvent`.
   */
  resume(pool: Pool, featureSet: FeatureSet): Promise<LogReplay | null>;
  /** Keeps where a replay stands, which must be without labels that are not due. Returns the bytes written. */
  keep(pool: Pool, replay: LogReplay): Promise<number>;
  /** Sequence of the last payment in the newest snapshot; 0 where there is none of this database. */
  lastSeq(pool: Pool, featureSetVersion: string): Promise<number>;
};

export type SnapshotsOptions = {
  readonly dataDir: string;
  readonly onEvent: (level: "info" | "warn", message: string, error?: unknown) => void;
};

const SUFFIX = ".snapshot";
/** Of the feature set that serves and the one before it, so that going back starts fast too. */
const KEPT_FILES = 2;
const LEFT_OVER_MS = 600_000;

export function openSnapshots({ dataDir, onEvent }: SnapshotsOptions): Snapshots {
  const folder = join(dataDir, "feature-state");
  const fileOf = (featureSetVersion: string): string =>
    join(folder, `${encodeURIComponent(featureSetVersion)}${SUFFIX}`);

  /** Null where a file cannot be used, which is told unless there is none. */
  const usable = <T>(read: () => Promise<T>): Promise<T | null> =>
    read().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `the snapshot of feature state is not used, ${reason}; every payment is replayed instead`;
      if (!isMissing(error)) onEvent("warn", message, error);
      return null;
    });

  return {
    async resume(pool, featureSet) {
      const path = fileOf(featureSet.version);
      const subject = await usable(() => readSubject(path));
      if (subject === null) return null;
      const place = { ...subject.place, waitedMs: subject.place.waitedMs ?? Number.NEGATIVE_INFINITY };
      const refusal = await refusalOf(pool, subject, { place, featureSet });
      const engine = await usable(async () => {
        if (refusal !== null) throw new SnapshotError(refusal);
        const fresh = createFeatureEngine(featureSet);
        fresh.load(await readArrays(path));
        return fresh;
      });
      return engine === null ? null : LogReplay.at(pool, engine, place);
    },

    async keep(pool, replay) {
      const { waitedMs, ...place } = replay.place;
      const subject: SnapshotSubject = {
        featureSetVersion: replay.engine.featureSet.version,
        database: await identify(pool, place),
        place: { ...place, waitedMs: Number.isFinite(waitedMs) ? waitedMs : null },
      };
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = fileOf(subject.featureSetVersion);
      const bytes = await writeSnapshotFile(path, subject, replay.engine.save());
      await removeOld(folder);
      return bytes;
    },

    async lastSeq(pool, featureSetVersion) {
      try {
        const { place, database } = await readSubject(fileOf(featureSetVersion));
        return isSame(database, await identify(pool, place)) ? place.lastSeq : 0;
      } catch (error) {
        if (error instanceof SnapshotError || isMissing(error)) return 0;
        throw error;
      }
    },
  };
}

/** Why a replay of the whole log would not come by this place with the state of the snapshot; null when it would. */
async function refusalOf(
  pool: Pool,
  { featureSetVersion, database }: SnapshotSubject,
  { place, featureSet }: { readonly place: LogPlace; readonly featureSet: FeatureSet },
): Promise<string | null> {
  if (featureSetVersion !== featureSet.version) return `it is of the feature set ${featureSetVersion}`;
  if (!isSame(database, await identify(pool, place))) return "it is of another database";
  const [next] = await readLoggedLabels(pool, place.cursor, 1);
  if (next === undefined || !cameTooLate(place, next)) return null;
  return "labels were recorded since for payments that it has behind it";
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Leaves the newest snapshots, and what another process may be writing now. */
async function removeOld(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.includes(SUFFIX));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, writing: name.endsWith(".tmp"), changedMs: (await stat(path)).mtimeMs };
    }),
  );
  const newest = files.filter((file) => !file.writing).toSorted((a, b) => b.changedMs - a.changedMs);
  const now = newest[0]?.changedMs ?? 0;
  const leftOver = files.filter((file) => file.writing && file.changedMs < now - LEFT_OVER_MS);
  for (const { path } of [...newest.slice(KEPT_FILES), ...leftOver]) await rm(path, { force: true });
}
