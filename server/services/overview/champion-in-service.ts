import { z } from "zod";
import type { Database } from "#server/db/client.ts";

/** The model version that decides now, with its average precision on the test slice of its training. */
export type ChampionInService = {
  readonly id: string;
  readonly number: number;
  readonly family: string;
  readonly promotedAt: string | null;
  readonly averagePrecision: number | null;
};

const Metrics = z.object({
  selected: z.string(),
  families: z.record(z.string(), z.object({ test: z.object({ averagePrecision: z.number().nullable() }) })),
});

/** Null before the first promotion. */
export async function championInService(db: Database): Promise<ChampionInService | null> {
  const version = await db.modelVersion.findFirst({
    where: { status: "champion" },
    select: { id: true, number: true, family: true, promotedAt: true, metrics: true },
  });
  if (version === null) return null;
  const { metrics, promotedAt, ...rest } = version;
  const parsed = Metrics.safeParse(metrics);
  const test = parsed.success ? parsed.data.families[parsed.data.selected]?.test : undefined;
  return {
    ...rest,
    promotedAt: promotedAt?.toISOString() ?? null,
    averagePrecision: test?.averagePrecision ?? null,
  };
}
