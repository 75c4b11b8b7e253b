import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { webContext } from "#server/api/context.ts";
import { appRouter } from "#server/api/root.ts";

const handler = (request: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: webContext,
    allowMethodOverride: true, // queries too long for an address come in a body
    onError: ({ path, error }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") console.error(`tRPC ${path ?? ""}:`, error.cause ?? error);
    },
  });

export { handler as GET, handler as POST };
