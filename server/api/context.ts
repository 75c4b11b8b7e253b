import { currentActor } from "#server/auth/session.ts";
import type { ApiContext } from "./trpc.ts";
import { webRuntime } from "./web-runtime.ts";

/** The context of one request to the web process. */
export async function webContext(): Promise<ApiContext> {
  const { db, pool, scoring } = webRuntime();
  return { db, pool, scoring, actor: await currentActor(), now: () => new Date() };
}
