import type { FastifyInstance } from "fastify";
import type { Actor } from "#server/domain/actor.ts";
import { LabelRequest, type LabelResponse } from "#server/domain/transaction.ts";
import { acceptBody, checkTime } from "../accepted-payment.ts";
import { withDeadline } from "../deadline.ts";
import { type Authenticate, callerOf, requireScope } from "./access.ts";
import { sendJson, sendProblem } from "./replies.ts";
import { SCORE_LIMIT_BYTES } from "./score-routes.ts";

/** Records a label as `actor`; the same label again gives the same answer. */
export type RecordLabel = (actor: Actor, request: LabelRequest) => Promise<LabelResponse>;

export type LabelRouteParts = {
  readonly recordLabel: RecordLabel;
  readonly authenticate: Authenticate;
  readonly now: () => Date;
};

const LIMIT_MS = 1_800;

/** Labels from outside: chargebacks, reports and alerts. */
export function registerLabelRoute(app: FastifyInstance, parts: LabelRouteParts): void {
  const { recordLabel, authenticate, now } = parts;
  const onRequest = requireScope(authenticate, "label");
  app.post("/v1/labels", { onRequest, bodyLimit: SCORE_LIMIT_BYTES }, async (request, reply) => {
    const body = acceptBody(LabelRequest, request.body);
    if ("problem" in body) return sendProblem(reply, body.problem);
    const wrongTime = checkTime(Date.parse(body.value.occurredAt), now());
    if (wrongTime !== null) return sendProblem(reply, wrongTime);
    const label = await withDeadline(
      recordLabel(callerOf(request).actor, body.value),
      LIMIT_MS,
      "recording a label",
    );
    return sendJson(reply, 201, JSON.stringify(label));
  });
}
