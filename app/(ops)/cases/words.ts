import type { inferRouterOutputs } from "@trpc/server";
import type { Tone } from "#app/ui/badge.tsx";
import type { AppRouter } from "#server/api/root.ts";
import type { CaseOrigin, Disposition } from "#server/domain/case.ts";

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
