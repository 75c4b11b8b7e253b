import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Problem } from "#server/domain/problem.ts";
import type { ScoringMetrics } from "../metrics.ts";
import { problemOf } from "../problems.ts";
import { parseJson } from "../raw-json.ts";
import type { ScoringService } from "../scoring-service.ts";
import type { Authenticate } from "./access.ts";
import { answerBrokenRequest, problemOfError } from "./errors.ts";
import { type RecordLabel, registerLabelRoute } from "./label-route.ts";
import { registerOperationsRoutes } from "./operations-routes.ts";
import { kindOf, sendProblem } from "./replies.ts";
import { RouteTable } from "./route-table.ts";
import { registerScoreRoutes, SCORE_LIMIT_BYTES } from "./score-routes.ts";

export type ServerParts = {
  readonly service: ScoringService;
  readonly metrics: ScoringMetrics;
  readonly missing: () => readonly string[];
  readonly authenticate: Authenticate;
  readonly recordLabel: RecordLabel;
  readonly now: () => Date;
  /** Told of errors that are the server's own, with the route and never with anything that was sent. */
  readonly onError: (route: string, error: unknown) => void;
  /** Mounts what shares the port, such as the tRPC router. */
  readonly mount?: (app: FastifyInstance) => void;
};

/** The HTTP server of the scoring API. Every error leaves as a problem document. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const answer = (request: FastifyRequest, reply: FastifyReply, problem: Problem, error?: unknown) => {
    parts.metrics.countProblem(kindOf(problem));
    if (problem.status === 500) parts.onError(request.routeOptions.url ?? "unknown", error);
    return sendProblem(reply, problem);
  };
  const app = Fastify({
    logger: false,
    bodyLimit: SCORE_LIMIT_BYTES,
    requestTimeout: 30_000,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 1_600 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => answer(request, reply, problemOfError(error), error),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    try {
      done(null, parseJson(typeof body === "string" ? Buffer.from(body) : body));
    } catch (error) {
      done(error instanceof Error ? error : new Error("unreadable body"));
    }
  });
  const routes = new RouteTable();
  app.addHook("onRoute", ({ method, url }) => routes.add(method, url));
  app.setErrorHandler((error, request, reply) => answer(request, reply, problemOfError(error), error));
  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.methodsOf(request.url);
    if (allowed.length === 0) return answer(request, reply, problemOf("notFound"));
    reply.header("allow", allowed.join(", "));
    return answer(request, reply, problemOf("methodNotAllowed"));
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
  });
  registerScoreRoutes(app, parts);
  registerLabelRoute(app, parts);
  registerOperationsRoutes(app, parts);
  parts.mount?.(app);
  return app;
}
