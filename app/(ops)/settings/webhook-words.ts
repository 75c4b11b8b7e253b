import type { inferRouterOutputs } from "@trpc/server";
import type { Tone } from "#app/ui/badge.tsx";
import type { AppRouter } from "#server/api/root.ts";
import type { DeliveryStatus, EndpointKind } from "#server/domain/webhook.ts";

type Outputs = inferRouterOutputs<AppRouter>["webhook"];
export type WebhookEndpoint = Outputs["list"][number];
export type WebhookDelivery = Outputs["deliveries"]["rows"][number];

export const kindWords: Record<EndpointKind, string> = {
  webhook: "Webhook",
  chat: "Chat",
  email: "E-mail",
};

export const deliveryLook: Record<DeliveryStatus, { word: string; shape: string; tone: Tone }> = {
  pending: { word: "On its way", shape: "◐", tone: "review" },
  delivered: { word: "Delivered", shape: "○", tone: "approve" },
  failed: { word: "Given up", shape: "●", tone: "decline" },
};
