import type { Database } from "#server/db/client.ts";
import { ModelStatus } from "#server/domain/model-version.ts";

/** A model version as it can be picked on a page. */
export type VersionChoice = {
  readonly id: string;
  readonly number: number;
  readonly family: string;
  readonly status: ModelStatus;
};

const MOST_CHOICES = 100;

/** Versions that served at some time: champions and those before them, newest first. */
export async function choosableVersions(db: Database): Promise<VersionChoice[]> {
  const rows = await db.modelVersion.findMany({
    where: { OR: [{ promotedAt: { not: null } }, { status: { in: ["champion", "challenger"] } }] },
    select: { id: true, number: true, family: true, status: true },
    orderBy: { number: "desc" },
    take: MOST_CHOICES,
  });
  return rows.map((row) => ({ ...row, status: ModelStatus.parse(row.status) }));
}
