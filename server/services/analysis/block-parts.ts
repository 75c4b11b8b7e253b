import type { PoolClient } from "pg";
import {
  type BlockColumns,
  copyColumns,
  decodeColumns,
  emptyColumns,
  encodeColumns,
  PART_ROWS,
  setRow,
} from "./block-columns.ts";
import type { DecidedRow } from "./decided-rows.ts";

export type Part = {
  readonly dayMs: number;
  readonly versionId: string;
  readonly part: number;
  readonly firstSeq: number;
  readonly columns: BlockColumns;
};

type Stored = { part: number; rows: number; firstSeq: number; columns: Buffer };

/** Appends decisions of one day and version, in order of sequence, to its last part and to new ones. */
export async function appendRows(client: PoolClient, rows: readonly DecidedRow[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const { dayMs, versionId } = first;
  const last = await lastPart(client, first);
  let [part, from] = [last?.part ?? 0, 0];
  if (last !== null && last.columns.atMs.length < PART_ROWS && reaches(last.firstSeq, first.seq)) {
    from = Math.min(rows.length, PART_ROWS - last.columns.atMs.length);
    await storePart(client, { ...last, columns: withRows(last, rows.slice(0, from)) });
  }
  while (from < rows.length) {
    const next = rows.slice(from, from + PART_ROWS);
    const firstSeq = next[0]?.seq ?? 0;
    part = part + 1;
    const empty = { dayMs, versionId, part, firstSeq, columns: emptyColumns(0) };
    await storePart(client, { ...empty, columns: withRows(empty, next) });
    from += next.length;
  }
}

/** Whether the distance of two sequences fits the column that holds it. */
function reaches(firstSeq: number, seq: number): boolean {
  return seq - firstSeq < 2 ** 31;
}

function withRows({ columns, firstSeq }: Part, rows: readonly DecidedRow[]): BlockColumns {
  const before = columns.atMs.length;
  const grown = emptyColumns(before + rows.length);
  copyColumns(columns, grown, 0);
  for (const [at, { seq, row }] of rows.entries()) {
    setRow(grown, before + at, { ...row, seqOffset: seq - firstSeq });
  }
  return grown;
}

async function lastPart(
  client: PoolClient,
  { dayMs, versionId }: Pick<Part, "dayMs" | "versionId">,
): Promise<Part | null> {
  const { rows } = await client.query<Stored>(`${selectPart} order by part desc limit 1`, [
    new Date(dayMs),
    versionId,
  ]);
  return rows[0] === undefined ? null : { dayMs, versionId, ...decoded(rows[0]) };
}

/** The part of a day and version that holds this decision; null when the decision is in none yet. */
export async function partHolding(
  client: PoolClient,
  { dayMs, versionId, seq }: Pick<DecidedRow, "dayMs" | "versionId" | "seq">,
): Promise<Part | null> {
  const { rows } = await client.query<Stored>(
    `${selectPart} and first_seq <= $3 and last_seq >= $3 order by part limit 1`,
    [new Date(dayMs), versionId, seq],
  );
  return rows[0] === undefined ? null : { dayMs, versionId, ...decoded(rows[0]) };
}

/** Writes a part under a new revision. */
export async function storePart(client: PoolClient, part: Part): Promise<void> {
  const { dayMs, versionId, firstSeq, columns } = part;
  const rows = columns.atMs.length;
  const lastSeq = firstSeq + (columns.seqOffset[rows - 1] ?? 0);
  const bytes = Buffer.from(encodeColumns(columns));
  await client.query(upsertPart, [new Date(dayMs), versionId, part.part, rows, firstSeq, lastSeq, bytes]);
}

function decoded({ part, rows, firstSeq, columns }: Stored): Pick<Part, "part" | "firstSeq" | "columns"> {
  return { part, firstSeq, columns: decodeColumns(columns, rows) };
}

const selectPart = `
  select part, rows, first_seq as "firstSeq", columns from analysis_block
  where day = ($1::timestamptz at time zone 'UTC')::date and model_version_id = $2`;

const upsertPart = `
  insert into analysis_block (day, model_version_id, part, rows, first_seq, last_seq, columns)
  values (($1::timestamptz at time zone 'UTC')::date, $2, $3, $4, $5, $6, $7)
  on conflict (day, model_version_id, part) do update set revision = excluded.revision, rows = excluded.rows,
    last_seq = excluded.last_seq, columns = excluded.columns`;
