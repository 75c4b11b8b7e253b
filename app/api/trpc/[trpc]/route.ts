import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { webContext } from "#server/api/context.ts";
import { appRouter } from "#server/api/root.ts";
import type { ApiContext } from "#server/api/trpc.ts";
import { replayDecision } from "#server/scoring/replay-decision.ts";

async function createContext(): Promise<ApiContext> {
  const context = await webContext();
  const { pool } = context;
  return pool === undefined ? context : { ...context, replayDecision: (id) => replayDecision(pool, id) };
}

const handler = (request: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext,
    allowMethodOverride: true, // queries too long for an address come in a body
    onError: ({ path, error }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") console.error(`tRPC ${path ?? ""}:`, error.cause ?? error);
    },
  });

export { handler as GET, handler as POST };
