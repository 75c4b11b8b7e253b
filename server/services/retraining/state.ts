import type { Tx } from "#server/db/client.ts";
import { Prisma, type RetrainingState } from "#server/db/generated/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { TrainingTrigger } from "#server/domain/training-trigger.ts";
import { findActivePolicy } from "#server/services/policy/active-policy.ts";

/** The one row, locked until the transaction ends; it begins at `now`, heeding nothing of the past. */
export async function lockState(tx: Tx, now: Date): Promise<RetrainingState> {
  const matureBefore = await maturityEdge(tx, now);
  await tx.$executeRaw`
    insert into retraining_state (scheduled_to, label_seq, mature_before)
    values (${now}, coalesce((select max(seq) from label), 0), ${matureBefore}) on conflict do nothing`;
  await tx.$executeRaw`select 1 from retraining_state for update`;
  return tx.retrainingState.findFirstOrThrow();
}

/** Payments older than this have mature labels under the active policy. */
export async function maturityEdge(tx: Tx, now: Date): Promise<Date> {
  const { maturityDays } = (await findActivePolicy(tx))?.policy ?? defaultPolicy;
  return new Date(now.getTime() - maturityDays * DAY_MS);
}

/** What waits for a run to end; null when nothing does. */
export function pendingOf(state: Pick<RetrainingState, "pending">): TrainingTrigger | null {
  const pending = TrainingTrigger.safeParse(state.pending);
  return pending.success ? pending.data : null;
}

/** Remembers what asked for a training while none could start; the first one, once. */
export async function remember(
  tx: Tx,
  state: Pick<RetrainingState, "pending">,
  { trigger, at }: { readonly trigger: TrainingTrigger; readonly at: Date },
): Promise<boolean> {
  if (pendingOf(state) !== null) return false;
  await tx.retrainingState.updateMany({ data: { pending: trigger, pendingAt: at } });
  return true;
}

/** A run that starts now serves what waited, and labels are counted from it on. */
export async function heedAll(tx: Tx): Promise<void> {
  await tx.retrainingState.updateMany({
    data: { matureLabels: 0, pending: Prisma.DbNull, pendingAt: null },
  });
}
