import type { inferRouterOutputs } from "@trpc/server";
import type { Tone } from "#app/ui/badge.tsx";
import type { AppRouter } from "#server/api/root.ts";
import type { Disposition } from "#server/domain/case.ts";
import type { CaseOrigin } from "#server/domain/case-words.ts";

type CaseOutputs = inferRouterOutputs<AppRouter>["case"];
/** A case as the queue shows it. */
export type CaseRow = CaseOutputs["list"]["rows"][number];
/** A case as its own screen shows it. */
export type CaseDetail = CaseOutputs["byId"];

/** Word, shape, tone and key of each verdict, everywhere the same. */
export const dispositionLook: Record<Disposition, { word: string; shape: string; tone: Tone; key: string }> =
  {
    fraud: { word: "Fraud", shape: "▲", tone: "decline", key: "f" },
    legitimate: { word: "Legitimate", shape: "✓", tone: "approve", key: "l" },
    not_sure: { word: "Not sure", shape: "?", tone: "neutral", key: "u" },
  };

/** Why a case was opened. */
export const originWords: Record<CaseOrigin, string> = {
  policy: "Sent by the policy",
  rule: "Sent by a rule",
  exploration: "Exploration",
  model_unavailable: "Not scored",
};

/** A card, device, address, customer or merchant of a case, with what else was paid with it. */
export type LinkedEntity = CaseOutputs["linkedEntities"]["entities"][number];
/** A payment that a verdict may be applied to as well. */
export type LinkedPayment = CaseOutputs["linkedPayments"][number];
/** What happened to a case since a version of it. */
export type ChangesSince = CaseOutputs["changesSince"];
/** A closed case that is like this one. */
export type SimilarCase = CaseOutputs["similar"]["rows"][number];
/** The payments of a customer or merchant, to draw. */
export type PaymentPoints = CaseOutputs["paymentPoints"];
/** A case with all that was known when it was decided. */
export type CaseExport = CaseOutputs["export"];

/** What payments have in common. */
export const entityWords: Record<LinkedEntity["kind"], string> = {
  card: "Card",
  device: "Device",
  ip: "Address",
  customer: "Customer",
  merchant: "Merchant",
};
