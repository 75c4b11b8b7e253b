import { z } from "zod";
import { DecisionReplay, type ReplayDecision } from "#server/domain/decision-replay.ts";
import { Problem } from "#server/domain/problem.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { MAX_BATCH, type ScoreRequest, ScoreResponse } from "#server/domain/transaction.ts";
import {
  getTransaction,
  ListTransactionsInput,
  listTransactions,
  requireSight,
} from "#server/services/transaction/index.ts";
import { storableText } from "../safe-input.ts";
import { permitted, router } from "../trpc.ts";

/** Typed for clients, checked by the engine, so that HTTP and tRPC refuse alike. */
const Body = z.custom<ScoreRequest>();

export const transactionRouter = router({
  score: permitted("transaction:score")
    .input(Body)
    .output(ScoreResponse)
    .mutation(({ ctx, input }) => ctx.scoring.score(input)),

  scoreBatch: permitted("transaction:score")
    .input(z.array(Body).min(1).max(MAX_BATCH))
    .output(z.array(z.union([ScoreResponse, Problem])))
    .mutation(({ ctx, input }) => ctx.scoring.scoreBatch(input)),

  byId: permitted("transaction:read")
    .input(storableText.min(1).max(128))
    .output(ScoreResponse)
    .query(({ ctx, input }) => requireSight(ctx, input).then(() => ctx.scoring.byId(input))),

  /** The decision carried out again from what was stored with it. */
  replay: permitted("model:read")
    .input(storableText.min(1).max(128))
    .output(DecisionReplay)
    .query(({ ctx, input }) => requireSight(ctx, input).then(() => replayed(ctx.replayDecision, input))),

  list: permitted("transaction:read")
    .input(ListTransactionsInput)
    .query(({ ctx, input }) => listTransactions(ctx, input)),

  detail: permitted("transaction:read")
    .input(storableText.min(1).max(128))
    .query(({ ctx, input }) => getTransaction(ctx, input)),
});

async function replayed(replay: ReplayDecision | undefined, transactionId: string): Promise<DecisionReplay> {
  const decision = replay === undefined ? null : await replay(transactionId);
  if (replay === undefined)
    throw new ServiceError("unavailable", "Decisions are replayed by the server of the pages.");
  if (decision === null) throw new ServiceError("not_found", "There is no decision on this transaction.");
  return decision;
}
