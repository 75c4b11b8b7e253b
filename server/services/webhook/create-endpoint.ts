import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { EndpointKind, EventType } from "#server/domain/webhook.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { checkTarget, type TargetRules } from "./check-target.ts";
import { newSecret } from "./secret.ts";
import { auditedEndpoint, EndpointView, endpointView } from "./view.ts";

export const CreateEndpointInput = z.strictObject({
  kind: EndpointKind,
  target: z.string().min(1).max(2_000),
  description: z.string().trim().max(200).default(""),
  eventTypes: z.array(EventType).min(1),
});
export type CreateEndpointInput = z.infer<typeof CreateEndpointInput>;

/** The secret is in this answer and nowhere else; null for endpoints that are not signed. */
export const CreatedEndpoint = z.object({ endpoint: EndpointView, secret: z.string().nullable() });
export type CreatedEndpoint = z.infer<typeof CreatedEndpoint>;

const MOST_ACTIVE = 50;

/**
 * Adds where events are sent. @throws ServiceError "forbidden", "invalid" (the target) or "conflict" (it is there, or
 * there are too many)
 */
export async function createEndpoint(
  ctx: ServiceContext,
  input: CreateEndpointInput,
  rules: TargetRules,
): Promise<CreatedEndpoint> {
  requirePermission(ctx.actor, "key:manage");
  const target = checkTarget(input.kind, input.target, rules);
  const eventTypes = heardBy(input.kind, input.eventTypes);
  const secret = newSecret();
  return inTransaction(ctx, async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('assay.webhook_endpoint'))::text`;
    const active = await tx.webhookEndpoint.findMany({
      where: { disabledAt: null },
      select: { target: true },
    });
    if (active.some((other) => other.target === target)) {
      throw new ServiceError("conflict", "There is already an active endpoint with that address.");
    }
    if (active.length >= MOST_ACTIVE) {
      throw new ServiceError("conflict", `There are ${MOST_ACTIVE} active endpoints; disable one first.`);
    }
    const { kind, description } = input;
    const created = await tx.webhookEndpoint.create({
      data: { kind, target, description, eventTypes, secret, createdAt: ctx.now() },
    });
    const endpoint = endpointView(created);
    await recordAudit(tx, ctx, {
      action: "webhook.create",
      subjectType: "webhook",
      subjectId: created.id,
      after: auditedEndpoint(endpoint),
    });
    return { endpoint, secret: kind === "webhook" ? secret : null };
  });
}

/** @throws ServiceError "invalid" for what people cannot read */
export function heardBy(kind: EndpointKind, eventTypes: readonly EventType[]): EventType[] {
  if (kind !== "webhook" && eventTypes.some((type) => type !== "alert.raised")) {
    throw new ServiceError("invalid", "Chats and e-mail are told of alerts alone.");
  }
  return [...new Set(eventTypes)];
}
