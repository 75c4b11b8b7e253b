import type { Database } from "#server/db/client.ts";
import type { CodeKind } from "./codes.ts";

/** Texts of the codes of a kind that has few of them, by code; the code 0 stands for none. */
export async function readCodes(
  db: Database,
  kind: Exclude<CodeKind, "customer" | "card">,
): Promise<Map<number, string>> {
  const rows = await db.analysisCode.findMany({
    where: { kind },
    select: { code: true, value: true },
    orderBy: { code: "asc" },
    take: MOST,
  });
  return new Map(rows.map((row) => [row.code, row.value]));
}

const MOST = 20_000;
