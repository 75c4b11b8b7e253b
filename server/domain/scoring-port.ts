import type { Problem } from "./problem.ts";
import type { ScoreResponse } from "./transaction.ts";

/**
 * The one scoring engine, as the tRPC router sees it: in process in the scoring server, over HTTP from the web
 * server. Bodies go in as the caller sent them; the engine validates. Refusals are ServiceErrors.
 */
export interface ScoringPort {
  score(body: unknown): Promise<ScoreResponse>;
  scoreBatch(bodies: readonly unknown[]): Promise<(ScoreResponse | Problem)[]>;
  /** The decision as first served. @throws ServiceError "not_found" */
  byId(transactionId: string): Promise<ScoreResponse>;
}
