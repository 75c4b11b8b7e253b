import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { ScoringMetrics } from "../metrics.ts";
import { problemOf } from "../problems.ts";
import { parseJson } from "../raw-json.ts";
import type { ScoringService } from "../scoring-service.ts";
import { type Authenticate, rememberCallers } from "./access.ts";
import { answerBrokenRequest, problemOfError } from "./errors.ts";
import { type RecordLabel, registerLabelRoute } from "./label-route.ts";
import { answerOddRequests, oddRequestOptions } from "./odd-requests.ts";
import { registerOperationsRoutes } from "./operations-routes.ts";
import { sendProblem, sentKind } from "./replies.ts";
import { RouteTable } from "./route-table.ts";
import { registerScoreRoutes, SCORE_LIMIT_BYTES } from "./score-routes.ts";

export type ServerParts = {
  readonly service: ScoringService;
  readonly metrics: ScoringMetrics;
  readonly missing: () => Promise<readonly string[]>;
  readonly authenticate: Authenticate;
  /** Whether a payment that comes alone would be turned away for want of room. */
  readonly isCrowded: () => boolean;
  readonly recordLabel: RecordLabel;
  readonly now: () => Date;
  /** Told of errors that are the server's own, with the route and never with anything that was sent. */
  readonly onError: (route: string, error: unknown) => void;
  /** Mounts what shares the port, such as the tRPC router. */
  readonly mount?: (app: FastifyInstance) => void;
};

const MAX_CONNECTIONS = 4_096;

/** The HTTP server of the scoring API. Every error leaves as a problem document. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const answer = (request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply => {
    const problem = problemOfError(error);
    if (problem.status === 500) parts.onError(request.routeOptions.url ?? "unknown", error);
    return sendProblem(reply, problem);
  };
  const app = Fastify({
    logger: false,
    bodyLimit: SCORE_LIMIT_BYTES,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000, // above the minute that load balancers keep idle connections
    http: {
      ...oddRequestOptions,
      headersTimeout: 10_000,
      connectionsCheckingInterval: 5_000, // how often the two limits above are looked at
      maxHeaderSize: 16 * 1024,
    },
    forceCloseConnections: "idle",
    return503OnClosing: false, // what arrives on open connections while draining is still answered
    routerOptions: { maxParamLength: 1_600 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => answer(request, reply, error),
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    try {
      done(null, parseJson(typeof body === "string" ? Buffer.from(body) : body));
    } catch (error) {
      done(error instanceof Error ? error : new Error("unreadable body"));
    }
  });
  answerOddRequests(app);
  const routes = new RouteTable();
  app.addHook("onRoute", ({ method, url }) => routes.add(method, url));
  app.setErrorHandler((error, request, reply) => answer(request, reply, error));
  const refuse = (url: string, reply: FastifyReply): FastifyReply => {
    const allowed = routes.methodsOf(url);
    if (allowed.length === 0) return sendProblem(reply, problemOf("notFound"));
    return sendProblem(reply.header("allow", allowed.join(", ")), problemOf("methodNotAllowed"));
  };
  app.setNotFoundHandler((request, reply) => refuse(request.url, reply));
  app.addHook("onRequest", (request, reply, done) => {
    if (request.is404)
      refuse(request.url, reply); // before the body is read
    else done();
  });
  app.addHook("onSend", (_request, reply, payload, done) => {
    reply.header("x-content-type-options", "nosniff");
    const kind = sentKind(reply, payload);
    if (kind !== null) parts.metrics.countProblem(kind);
    done();
  });
  rememberCallers(app);
  closeConnectionsOnDrain(app);
  registerScoreRoutes(app, parts);
  registerLabelRoute(app, parts);
  registerOperationsRoutes(app, parts);
  parts.mount?.(app);
  return app;
}

const DRAIN_CHECK_MS = 50;

/** While the server closes, connections end with their answer, and those that fall idle are closed. */
function closeConnectionsOnDrain(app: FastifyInstance): void {
  let draining = false;
  app.addHook("preClose", async () => {
    draining = true;
    const sweep = setInterval(() => app.server.closeIdleConnections(), DRAIN_CHECK_MS);
    app.server.once("close", () => clearInterval(sweep));
    if (!app.server.listening) clearInterval(sweep);
  });
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (draining) reply.header("connection", "close");
    done();
  });
}
