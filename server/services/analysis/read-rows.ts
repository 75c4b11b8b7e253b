import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import {
  type BlockColumns,
  columnBytes,
  copyColumns,
  decodeColumnsAside,
  emptyColumns,
} from "./block-columns.ts";
import { BytesCache } from "./bytes-cache.ts";

/** Payments of whole UTC days, `to` exclusive. `versionId` null: of every version. */
export type RowsWanted = {
  readonly from: Date;
  readonly to: Date;
  readonly versionId: string | null;
};

/** Columns of all decided payments of a window, and for each the day that it is of. */
export type AnalysisRows = {
  readonly rows: number;
  readonly columns: BlockColumns;
  /** start of the payment's UTC day, in ms since 1970 */
  readonly dayMs: Float64Array;
  /** the state of the blocks that these are: equal only for equal rows of one database */
  readonly key: string;
};

type PartKey = { dayMs: number; versionId: string; part: number; revision: number; rows: number };

const BLOCK_MEMORY = 160 * 2 ** 20;
const WINDOW_MEMORY = 320 * 2 ** 20;
const PARTS_AT_ONCE = 64;

type Caches = { readonly parts: BytesCache<BlockColumns>; readonly windows: BytesCache<AnalysisRows> };
const cachesOf = new WeakMap<Database, Caches>();

function cachesFor(db: Database): Caches {
  const known = cachesOf.get(db);
  if (known !== undefined) return known;
  const caches = {
    parts: new BytesCache<BlockColumns>(BLOCK_MEMORY),
    windows: new BytesCache<AnalysisRows>(WINDOW_MEMORY),
  };
  cachesOf.set(db, caches);
  return caches;
}

/**
 * The window's rows by day, then version, then order of decision. What has not changed since it was last read is taken
 * from memory: then this is one query of revisions. Not to be changed by who reads it.
 */
export async function readRows(db: Database, wanted: RowsWanted): Promise<AnalysisRows> {
  const { parts: held, windows } = cachesFor(db);
  const parts = await partsOf(db, wanted);
  const known = windows.get(parts.map(keyOf).join("|"));
  if (known !== null) return known;
  const decoded = await decodedParts(db, parts, held);
  const key = decoded.map(keyOf).join("|");
  const joined = joinParts(decoded, key);
  windows.set(key, joined, columnBytes(joined.rows) + joined.dayMs.byteLength);
  return joined;
}

function joinParts(parts: readonly DecodedPart[], key: string): AnalysisRows {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = emptyColumns(rows);
  const dayMs = new Float64Array(rows);
  let at = 0;
  for (const part of parts) {
    copyColumns(part.columns, columns, at);
    dayMs.fill(part.dayMs, at, at + part.rows);
    at += part.rows;
  }
  return { rows, columns, dayMs, key };
}

async function partsOf(db: Database, { from, to, versionId }: RowsWanted): Promise<PartKey[]> {
  const version = versionId === null ? Prisma.empty : Prisma.sql`and model_version_id = ${versionId}`;
  return db.$queryRaw<PartKey[]>(Prisma.sql`
    select (extract(epoch from day) * 1000)::float8 as "dayMs", model_version_id as "versionId", part, revision, rows
    from analysis_block
    where day >= ${dayOf(from)}::date and day <= ${dayOf(new Date(to.getTime() - 1))}::date ${version}
    order by day, model_version_id, part`);
}

type DecodedPart = PartKey & { readonly columns: BlockColumns };

/** Parts that changed since `parts` were listed come as they are now. */
async function decodedParts(
  db: Database,
  parts: readonly PartKey[],
  held: BytesCache<BlockColumns>,
): Promise<DecodedPart[]> {
  const found = parts.map((part) => ({ part, columns: held.get(keyOf(part)) }));
  const missing = found.flatMap(({ part, columns }) => (columns === null ? [part] : []));
  const read = new Map<string, DecodedPart>();
  for (let from = 0; from < missing.length; from += PARTS_AT_ONCE) {
    for (const part of await readParts(db, missing.slice(from, from + PARTS_AT_ONCE))) {
      held.set(keyOf(part), part.columns, columnBytes(part.rows));
      read.set(placeOf(part), part);
    }
  }
  return found.flatMap(({ part, columns }) =>
    columns === null ? (read.get(placeOf(part)) ?? []) : { ...part, columns },
  );
}

async function readParts(db: Database, parts: readonly PartKey[]): Promise<DecodedPart[]> {
  const stored = await db.$queryRaw<(PartKey & { columns: Uint8Array })[]>(Prisma.sql`
    select (extract(epoch from b.day) * 1000)::float8 as "dayMs", b.model_version_id as "versionId", b.part,
      b.revision, b.rows, b.columns
    from unnest(${parts.map((part) => dayOf(new Date(part.dayMs)))}::date[],
      ${parts.map((part) => part.versionId)}::text[], ${parts.map((part) => part.part)}::int[])
      as wanted (day, version, part)
    join analysis_block b on b.day = wanted.day and b.model_version_id = wanted.version and b.part = wanted.part`);
  return Promise.all(
    stored.map(async (part) => ({ ...part, columns: await decodeColumnsAside(part.columns, part.rows) })),
  );
}

const placeOf = ({ dayMs, versionId, part }: PartKey): string => `${dayMs} ${versionId} ${part}`;
const keyOf = (part: PartKey): string => `${placeOf(part)} ${part.revision}`;
const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
