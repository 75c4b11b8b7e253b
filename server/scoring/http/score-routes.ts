import type { FastifyInstance, FastifyReply, onRequestHookHandler } from "fastify";
import { MAX_BATCH } from "#server/domain/transaction.ts";
import { splitJsonArray } from "../json-array.ts";
import type { ScoringMetrics } from "../metrics.ts";
import type { Verdict } from "../payment-queue.ts";
import { problemOf, problemWith } from "../problems.ts";
import { parseJson, parseJsonItem } from "../raw-json.ts";
import type { ScoringService } from "../scoring-service.ts";
import { type Authenticate, requireScope } from "./access.ts";
import { kindOf, sendJson, sendProblem } from "./replies.ts";

export const SCORE_LIMIT_BYTES = 1024 * 1024;
const overloaded = problemOf("overloaded");
const BATCH_LIMIT_BYTES = 8 * 1024 * 1024;

export type ScoreRoutesParts = {
  readonly service: ScoringService;
  readonly metrics: ScoringMetrics;
  readonly authenticate: Authenticate;
  /** Whether a payment that comes alone would be turned away for want of room. */
  readonly isCrowded: () => boolean;
  readonly onError: (route: string, error: unknown) => void;
};

/** Scoring, one payment or up to a thousand, and the decision as it was served. */
export function registerScoreRoutes(app: FastifyInstance, parts: ScoreRoutesParts): void {
  const { service, metrics, authenticate, onError } = parts;
  const onRequest = requireScope(authenticate, "score");

  const turnAway: onRequestHookHandler = (_request, reply, done) => {
    if (parts.isCrowded())
      sendProblem(reply, overloaded); // before the body costs anything
    else done();
  };
  app.post(
    "/v1/score",
    { onRequest: [onRequest, turnAway], bodyLimit: SCORE_LIMIT_BYTES },
    (request, reply) => {
      const start = performance.now();
      service.scoreOne(request.body, (verdict) => {
        metrics.observe("total", (performance.now() - start) / 1000);
        try {
          answer(reply, verdict);
        } catch (error) {
          onError("/v1/score", error); // verdicts are told to many in a row: this one alone is lost
          reply.raw.destroy();
        }
      });
    },
  );

  app.register(async (scope) => registerBatchRoute(scope, parts));

  app.get<{ Params: { id: string } }>("/v1/transactions/:id", { onRequest }, async (request, reply) => {
    const response = await service.find(request.params.id);
    if (response !== null) return sendJson(reply, 200, response);
    return sendProblem(reply, problemWith("notFound", "There is no decision on this transaction."));
  });
}

function answer(reply: FastifyReply, verdict: Verdict): FastifyReply {
  return "problem" in verdict ? sendProblem(reply, verdict.problem) : sendJson(reply, 200, verdict.response);
}

/** The body arrives as bytes: its payments are parsed and checked one by one, so that no batch holds up the others. */
function registerBatchRoute(
  app: FastifyInstance,
  { service, metrics, authenticate }: ScoreRoutesParts,
): void {
  const onRequest = requireScope(authenticate, "score");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  app.post("/v1/score/batch", { onRequest, bodyLimit: BATCH_LIMIT_BYTES }, async (request, reply) => {
    const start = performance.now();
    const items = request.body instanceof Uint8Array ? itemsOf(request.body) : null;
    if (items === null) return sendProblem(reply, wrongBatch("must be an array of payments"));
    if (items.length > MAX_BATCH) {
      return sendProblem(reply, wrongBatch(`must hold at most ${MAX_BATCH} payments`));
    }
    const verdicts = await service.score(parsed(items));
    metrics.observe("total", (performance.now() - start) / 1000);
    const outage = commonOutage(verdicts);
    if (outage !== null) return sendProblem(reply, outage);
    for (const verdict of verdicts) if ("problem" in verdict) metrics.countProblem(kindOf(verdict.problem));
    return sendJson(reply, 200, `[${verdicts.map(itemOf).join(",")}]`);
  });
}

/** Null when the body is JSON but no array. @throws SyntaxError when it is not JSON */
function itemsOf(body: Uint8Array): readonly Uint8Array[] | null {
  const items = splitJsonArray(body, MAX_BATCH);
  if (items === null) parseJson(body);
  return items;
}

function* parsed(items: readonly Uint8Array[]): Generator<unknown> {
  for (const item of items) yield parseJsonItem(item);
}

function itemOf(verdict: Verdict): string {
  return "problem" in verdict ? JSON.stringify(verdict.problem) : verdict.response;
}

/** When not one payment could be decided for want of the database or of room, the whole batch is to be sent again. */
function commonOutage(
  verdicts: readonly Verdict[],
): Extract<Verdict, { problem: unknown }>["problem"] | null {
  const problems = verdicts.map((v) => ("problem" in v ? v.problem : null));
  const outage = problems.find((problem) => problem?.status === 503) ?? null;
  return problems.every((problem) => problem !== null) ? outage : null;
}

function wrongBatch(message: string): ReturnType<typeof problemOf> {
  return problemOf("invalid", [{ path: "", message }]);
}
