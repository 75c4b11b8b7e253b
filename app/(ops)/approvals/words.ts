import type { inferRouterOutputs } from "@trpc/server";
import type { Tone } from "#app/ui/badge.tsx";
import type { AppRouter } from "#server/api/root.ts";
import type { ApprovalKind, ApprovalStatus } from "#server/domain/approval.ts";

/** A change that waits, or waited, for a second person. */
export type Approval = inferRouterOutputs<AppRouter>["approval"]["list"]["rows"][number];

/** What is asked for. */
export const kindWords: Record<ApprovalKind, string> = {
  "case.close": "Verdict on a case",
  "case.bulk": "Change of many cases",
  "list.add": "List entry",
  "rule.activate": "Rules",
  "policy.activate": "Policy",
  "model.promote": "Champion",
  "model.canary": "Canary",
};

export const statusLook: Record<ApprovalStatus, { word: string; shape: string; tone: Tone }> = {
  pending: { word: "Waits", shape: "◐", tone: "review" },
  approved: { word: "Approved", shape: "✓", tone: "approve" },
  rejected: { word: "Rejected", shape: "✕", tone: "decline" },
  returned: { word: "Returned", shape: "↩", tone: "neutral" },
  withdrawn: { word: "Withdrawn", shape: "–", tone: "neutral" },
};

/** Why this person cannot answer; null when they can. */
export function whyNot({ status, isMine, canAnswer }: Approval): string | null {
  if (status !== "pending") return "It was answered.";
  if (isMine) return "You asked for this yourself; somebody else has to answer.";
  if (!canAnswer) return "Your role may not make this change itself, so it may not approve it either.";
  return null;
}

/** What the page shows now, in a line. */
export function approvalsReading(rows: readonly Approval[], isMore: boolean): string {
  if (rows.length === 0) return "Nothing waits for a second person";
  const yours = rows.filter(({ canAnswer }) => canAnswer).length;
  const all = `${rows.length}${isMore ? "+" : ""} ${rows.length === 1 ? "change waits" : "changes wait"} for a second person`;
  return yours === 0 ? `${all}, none of them for you` : `${all}, ${yours} for your answer`;
}
