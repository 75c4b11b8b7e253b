import { z } from "zod";
import type { ServiceContext } from "#server/services/context.ts";
import { AlertRef } from "./acknowledge-alert.ts";
import { changeAlert } from "./change-alert.ts";
import type { AlertView } from "./view.ts";

/** `hours` 0 ends a silence. */
export const SilenceInput = AlertRef.extend({ hours: z.int().min(0).max(720) });
export type SilenceInput = z.infer<typeof SilenceInput>;

const HOUR_MS = 3_600_000;

/**
 * Tells nobody of the subject for so many hours, even when it is raised anew.
 * @throws ServiceError "forbidden", "not_found" or "conflict" (resolved)
 */
export function silenceAlert(ctx: ServiceContext, { alertId, hours }: SilenceInput): Promise<AlertView> {
  const until = hours === 0 ? null : new Date(ctx.now().getTime() + hours * HOUR_MS);
  return changeAlert(ctx, {
    alertId,
    action: "alert.silence",
    where: { resolvedAt: null },
    data: { silencedUntil: until },
    conflict: "This alert is resolved, so it tells nobody any more.",
  });
}
