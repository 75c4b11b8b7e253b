import type { Database } from "#server/db/client.ts";
import {
  assignTurns,
  rerouteArchived,
  returnCases,
  routeCases,
  tellOverdue,
} from "#server/services/case/index.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type CaseRouting = {
  /** Routes, joins, takes back and assigns all that waits for it, and tells of promises missed. */
  tick(): Promise<void>;
};

const BATCH = 500;
/** of one kind in a tick, so that a tick ends within a second or two and a worker can stop */
const MOST_BATCHES = 10;

/**
 * What the worker does for the queue, a batch per transaction, so that one killed at any moment loses and repeats
 * nothing. Several workers may tick: routing and assigning go to one at a time.
 */
export function createCaseRouting(db: Database, now: () => Date): CaseRouting {
  const ctx: ServiceContext = { db, now, actor: { kind: "job", name: "case routing" } };
  return {
    tick: async () => {
      await untilShort(() => rerouteArchived(ctx, BATCH));
      await untilShort(async () => {
        const { routed, joined } = await routeCases(ctx, BATCH);
        return routed + joined;
      });
      await untilShort(() => returnCases(ctx, BATCH));
      await untilShort(() => assignTurns(ctx, BATCH));
      await untilShort(() => tellOverdue(ctx, BATCH));
    },
  };
}

/** Again and again until a turn finds little, or many were taken: the rest can wait for the next tick. */
async function untilShort(turn: () => Promise<number>): Promise<void> {
  for (let turns = 0; turns < MOST_BATCHES; turns++) if ((await turn()) < BATCH / 2) return;
}
