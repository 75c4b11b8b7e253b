import type { Database, Tx } from "#server/db/client.ts";

/** Name of the cursor in job_cursor. */
const CURSOR = "label_delays";
const BATCH = 10_000;

/**
 * Counts labels by source, kind and whole days from payment to recording into label_delay_day: each once, in the
 * transaction that moves the cursor along label.seq, so that a crash repeats nothing. Labels taken back are not
 * counted (see `uncountDelays`). Several processes may call it: they take turns at the cursor. Returns how many
 * labels it went through.
 */
export async function countLabelDelays(db: Database, now: Date, batch = BATCH): Promise<number> {
  let total = 0;
  for (;;) {
    const read = await db.$transaction((tx) => countBatch(tx, now, batch), { timeout: 60_000 });
    total += read;
    if (read < batch) return total;
  }
}

async function countBatch(tx: Tx, now: Date, batch: number): Promise<number> {
  await ensureCursor(tx, now);
  // Whoever takes a label back waits here, or is waited for, so it is counted and uncounted or neither.
  const [cursor] = await tx.$queryRaw<{ seq: bigint }[]>`
    select seq from job_cursor where name = ${CURSOR} for update`;
  const after = cursor?.seq ?? 0n;
  const [last] = await tx.$queryRaw<{ seq: bigint | null; read: number }[]>`
    select max(seq) as seq, count(*)::int as read
    from (select seq from label where seq > ${after} order by seq limit ${batch}) as next`;
  if (last === undefined || last.seq === null) return 0;
  await tx.$executeRaw`
    insert into label_delay_day (day, source, label, delay_days, labels)
    select (t.occurred_at at time zone 'UTC')::date, l.source, l.label,
      greatest(0, floor(extract(epoch from l.recorded_at - t.occurred_at) / 86400))::int, count(*)::int
    from label l join transaction t on t.id = l.transaction_id
    where l.seq > ${after} and l.seq <= ${last.seq}
      and not exists (select from label_withdrawal w where w.label_seq = l.seq)
    group by 1, 2, 3, 4
    on conflict (day, source, label, delay_days) do update set labels = label_delay_day.labels + excluded.labels`;
  await tx.jobCursor.update({ where: { name: CURSOR }, data: { seq: last.seq, updatedAt: now } });
  return last.read;
}

/** Makes the row that both who count and who take back lock; waits for another that is making it. */
async function ensureCursor(tx: Tx, now: Date): Promise<void> {
  await tx.jobCursor.createMany({ data: { name: CURSOR, seq: 0, updatedAt: now }, skipDuplicates: true });
}

/** Takes labels out of the counts that are in them, in the transaction that takes the labels back. */
export async function uncountDelays(tx: Tx, seqs: readonly bigint[], now: Date): Promise<void> {
  await ensureCursor(tx, now);
  const [cursor] = await tx.$queryRaw<{ seq: bigint }[]>`
    select seq from job_cursor where name = ${CURSOR} for share`;
  await tx.$executeRaw`
    update label_delay_day d set labels = d.labels - gone.labels
    from (select (t.occurred_at at time zone 'UTC')::date as day, l.source, l.label,
        greatest(0, floor(extract(epoch from l.recorded_at - t.occurred_at) / 86400))::int as delay_days,
        count(*)::int as labels
      from label l join transaction t on t.id = l.transaction_id
      where l.seq = any(${[...seqs]}::bigint[]) and l.seq <= ${cursor?.seq ?? 0n}
      group by 1, 2, 3, 4) as gone
    where d.day = gone.day and d.source = gone.source and d.label = gone.label and d.delay_days = gone.delay_days`;
}
