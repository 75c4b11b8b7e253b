import { z } from "zod";
import type { WebhookEndpoint } from "#server/db/generated/client.ts";
import { EndpointKind, EventType } from "#server/domain/webhook.ts";

/** An endpoint as it is listed: never its secret. */
export const EndpointView = z.object({
  id: z.string(),
  kind: EndpointKind,
  target: z.string(),
  description: z.string(),
  eventTypes: z.array(EventType),
  /** ISO 8601 UTC, as all times here */
  createdAt: z.string(),
  disabledAt: z.string().nullable(),
  disabledBecause: z.string().nullable(),
  failingSince: z.string().nullable(),
  /** until when the secret before signs as well */
  rotatingUntil: z.string().nullable(),
  version: z.int(),
});
export type EndpointView = z.infer<typeof EndpointView>;

export function endpointView(row: WebhookEndpoint): EndpointView {
  return {
    id: row.id,
    kind: EndpointKind.parse(row.kind),
    target: row.target,
    description: row.description,
    eventTypes: z.array(EventType).parse(row.eventTypes),
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledBecause: row.disabledBecause,
    failingSince: row.failingSince?.toISOString() ?? null,
    rotatingUntil: row.previousSecretUntil?.toISOString() ?? null,
    version: row.version,
  };
}

/** What the audit log keeps: a chat's address is a secret beyond its host. */
export function auditedEndpoint(view: EndpointView): Omit<EndpointView, "createdAt" | "failingSince"> {
  const { createdAt: _made, failingSince: _failing, ...kept } = view;
  return { ...kept, target: view.kind === "chat" ? new URL(view.target).origin : view.target };
}
