import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import type { RetrainingSettings } from "#server/domain/retraining-settings.ts";
import type { TrainingTrigger } from "#server/domain/training-trigger.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { createRun } from "#server/services/training/create-run.ts";
import { TrainingOptions, type TrainingOptionsInput } from "#server/services/training/options.ts";
import { countMatureLabels } from "./count-labels.ts";
import { readRetrainingSettings } from "./read-settings.ts";
import { latestTime } from "./schedule.ts";
import { lockState, maturityEdge, pendingOf, remember } from "./state.ts";

const HOUR_MS = 3_600_000;

/**
 * Starts a training when the schedule, enough mature labels or an alert ask for one; returns its id, or null. What asks
 * while a run is under way is remembered, once, and starts the next. Several workers may look: one at a time does.
 * `options` are of the run that starts; left out, the defaults.
 * @throws ZodError for options that are none
 */
export async function lookForReasons(
  ctx: ServiceContext,
  options: TrainingOptionsInput = {},
): Promise<string | null> {
  const now = ctx.now();
  const wanted = TrainingOptions.parse(options);
  try {
    return await inTransaction(ctx, async (tx) => {
      const settings = await readRetrainingSettings(tx);
      const state = await lockState(tx, now);
      const matureLabels = await countMatureLabels(tx, state, await maturityEdge(tx, now));
      await tx.retrainingState.updateMany({ data: { scheduledTo: now } });
      const scheduled = scheduledSince(settings, { from: state.scheduledTo, now });
      const pending = pendingOf(state);
      const isBusy = (await tx.trainingRun.findFirst({ where: underWay, select: { id: true } })) !== null;
      if (isBusy) {
        if (scheduled !== null) await remember(tx, state, { trigger: scheduled, at: now });
        return null;
      }
      const trigger =
        scheduled ??
        ((await hasRested(tx, settings, now)) ? (pending ?? labelsAsk(settings, matureLabels)) : null);
      if (trigger === null) return null;
      const run = await createRun(tx, ctx, { options: wanted, trigger });
      return run.id;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return null; // someone asked by hand at the same moment: the next look tells
    throw error;
  }
}

const underWay = { status: { in: ["queued", "running"] } };

function scheduledSince(
  { schedule }: RetrainingSettings,
  { from, now }: { readonly from: Date; readonly now: Date },
): TrainingTrigger | null {
  const time = latestTime(schedule, now);
  if (time === null || time <= from) return null;
  return { kind: "schedule", because: `The schedule's time came: ${time.toISOString().slice(0, 16)} UTC.` };
}

function labelsAsk({ matureLabels: needed }: RetrainingSettings, counted: number): TrainingTrigger | null {
  if (needed === null || counted < needed) return null;
  const because = `${counted} labels became mature since the last training; ${needed} were asked for.`;
  return { kind: "labels", because };
}

/** Whether the last run was long enough ago for labels and alerts to start another. */
async function hasRested(tx: Tx, { leastHoursBetween }: RetrainingSettings, now: Date): Promise<boolean> {
  const last = await tx.trainingRun.findFirst({
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    select: { requestedAt: true },
  });
  return last === null || now.getTime() - last.requestedAt.getTime() >= leastHoursBetween * HOUR_MS;
}
