import { internalToken } from "#server/auth/secret.ts";
import { currentActor } from "#server/auth/session.ts";
import { webConnections } from "#server/auth/web-connections.ts";
import { scoringUrl } from "#server/env.ts";
import { httpScoringPort } from "./http-scoring-port.ts";
import type { ApiContext } from "./trpc.ts";

/** The context of one request to the web process. */
export async function webContext(): Promise<ApiContext> {
  const { environment, secret, db, pool } = webConnections();
  const scoring = httpScoringPort(scoringUrl(environment), internalToken(secret));
  return { db, pool, scoring, actor: await currentActor(), now: () => new Date() };
}
