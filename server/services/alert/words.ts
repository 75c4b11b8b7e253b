import { z } from "zod";
import { Severity } from "#server/domain/alert.ts";

/** An alert in words, and what makes two of them the same. */
export type AlertWords = {
  readonly subject: string;
  readonly severity: Severity;
  readonly title: string;
  readonly says: string;
  /** a path of the pages */
  readonly link: string;
};

/** What a rule that fired writes to the outbox. */
const OfRule = z.looseObject({
  alertId: z.string(),
  subject: z.string(),
  severity: Severity,
  title: z.string(),
  says: z.string(),
  link: z.string(),
});
const OfKind = z.looseObject({ kind: z.string().min(1).max(64) });
const Overdue = z.looseObject({ queue: z.looseObject({ id: z.string(), name: z.string() }).nullish() });
const Skew = z.looseObject({ featureSetVersion: z.string(), features: z.number(), scores: z.number() });
const Disabled = z.looseObject({ endpointId: z.string(), because: z.string() });

const ofKind: Readonly<Record<string, (payload: unknown) => AlertWords>> = {
  case_overdue: (payload) => {
    const queue = Overdue.parse(payload).queue;
    return {
      subject: `case_overdue:${queue?.id ?? "none"}`,
      severity: "warning",
      title: `Cases of ${queue?.name ?? "no queue"} are overdue`,
      says: "The time promised for a verdict has passed.",
      link: "/queue",
    };
  },
  serving_skew: (payload) => {
    const { featureSetVersion, features, scores } = Skew.parse(payload);
    return {
      subject: `serving_skew:${featureSetVersion}`,
      severity: "critical",
      title: "What was served differs from what its log gives",
      says: `${features} served vectors of features and ${scores} scores of the nightly sample differ (${featureSetVersion}).`,
      link: "/models",
    };
  },
  webhook_disabled: (payload) => {
    const { endpointId, because } = Disabled.parse(payload);
    return {
      subject: `webhook_disabled:${endpointId}`,
      severity: "warning",
      title: "An endpoint of webhooks was disabled",
      says: `Nothing is sent to it any more: ${because}.`,
      link: "/settings?tab=webhooks",
    };
  },
};

/** The words of an `alert.raised` event, whoever wrote it; never throws, so that no event can block the outbox. */
export function alertWords(payload: unknown): AlertWords {
  const ofRule = OfRule.safeParse(payload);
  if (ofRule.success) return ofRule.data;
  const kind = OfKind.safeParse(payload).data?.kind ?? "unknown";
  try {
    const words = ofKind[kind]?.(payload);
    if (words !== undefined) return words;
  } catch {
    // told below, as it came
  }
  return {
    subject: `event:${kind}`,
    severity: "warning",
    title: `Alert: ${kind.replaceAll("_", " ")}`,
    says: JSON.stringify(payload).slice(0, 500),
    link: "/alerts",
  };
}

/** The alert that an event is of, where a rule opened it already. */
export function alertIdOf(payload: unknown): string | null {
  return OfRule.safeParse(payload).data?.alertId ?? null;
}
