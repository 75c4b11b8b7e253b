import type { Database } from "#server/db/client.ts";
import type { WeekBody } from "./week-body.ts";

export type StoredWeek = {
  /** its Monday, ISO date */
  readonly week: string;
  /** before the watch, watched, or not over yet */
  readonly phase: "baseline" | "watched" | "running";
  readonly computedAt: string;
  readonly body: WeekBody;
};

/** The newest weeks of a version, oldest first. */
export async function storedWeeks(
  db: Database,
  modelVersionId: string,
  weeks: number,
): Promise<StoredWeek[]> {
  const rows = await db.driftWindow.findMany({
    where: { modelVersionId },
    orderBy: { week: "desc" },
    take: weeks,
  });
  return rows.reverse().map(({ week, phase, computedAt, body }) => ({
    week: week.toISOString().slice(0, 10),
    phase: phase as StoredWeek["phase"],
    computedAt: computedAt.toISOString(),
    body: body as unknown as WeekBody,
  }));
}
