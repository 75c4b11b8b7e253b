import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const ReadLogInput = z.object({
  id: z.string().min(1).max(64),
  /** of one trial alone; null: of the whole experiment */
  trial: z.int().min(1).nullable().default(null),
  limit: z.int().min(1).max(500).default(200),
  /** lines before this one; null: the newest */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null),
});

const LogLine = z.object({
  id: z.string(),
  trial: z.int().nullable(),
  at: z.string(),
  text: z.string(),
});
export const LogPage = z.object({
  /** oldest first */
  lines: z.array(LogLine),
  /** to ask for the lines before; null: there are none */
  before: z.string().nullable(),
});
export type LogPage = z.infer<typeof LogPage>;

/** The newest lines of an experiment's log, or those before a line. @throws ServiceError "forbidden" */
export async function readLog(ctx: ServiceContext, input: z.input<typeof ReadLogInput>): Promise<LogPage> {
  requirePermission(ctx.actor, "model:read");
  const { id, trial, limit, before } = ReadLogInput.parse(input);
  const rows = await ctx.db.trainingLog.findMany({
    where: {
      runId: id,
      ...(trial === null ? {} : { trial }),
      ...(before === null ? {} : { id: { lt: BigInt(before) } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const lines = rows
    .slice(0, limit)
    .map((row) => ({ id: String(row.id), trial: row.trial, at: row.at.toISOString(), text: row.text }))
    .reverse();
  return { lines, before: rows.length > limit ? (lines[0]?.id ?? null) : null };
}
