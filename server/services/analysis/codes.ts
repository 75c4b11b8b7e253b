import type { PoolClient } from "pg";

export const codeKinds = [
  "customer",
  "card",
  "currency",
  "channel",
  "country",
  "category",
  "version",
] as const;
export type CodeKind = (typeof codeKinds)[number];

export type Code = { readonly code: number; readonly firstAtMs: number | null };

/**
 * The codes of texts, those not met before numbered on from the highest. The caller holds the cursor of the blocks, so
 * nobody else hands out numbers. A customer met for the first time keeps when the first of their payments to arrive
 * took place.
 */
export async function codesOf(
  client: PoolClient,
  kind: CodeKind,
  values: Iterable<string>,
): Promise<Map<string, Code>> {
  const wanted = [...new Set(values)];
  const codes = await knownCodes(client, kind, wanted);
  const missing = wanted.filter((value) => !codes.has(value));
  if (missing.length === 0) return codes;
  const { rows } = await client.query<KnownCode>(kind === "customer" ? addCustomers : addTexts, [
    kind,
    missing,
  ]);
  for (const row of rows) codes.set(row.value, row);
  return codes;
}

type KnownCode = Code & { readonly value: string };

async function knownCodes(
  client: PoolClient,
  kind: CodeKind,
  values: readonly string[],
): Promise<Map<string, Code>> {
  if (values.length === 0) return new Map();
  const { rows } = await client.query<KnownCode>(
    `select value, code, (extract(epoch from first_at) * 1000)::float8 as "firstAtMs"
     from analysis_code where kind = $1 and value = any($2)`,
    [kind, values],
  );
  return new Map(rows.map((row) => [row.value, row]));
}

const numbered = `
  from unnest($2::text[]) with ordinality as given (value, place)`;
const highest = "(select coalesce(max(code), 0) from analysis_code where kind = $1)";
const returned = `returning value, code, (extract(epoch from first_at) * 1000)::float8 as "firstAtMs"`;

const addTexts = `
  insert into analysis_code (kind, value, code)
  select $1, value, ${highest} + place ${numbered} ${returned}`;

const addCustomers = `
  insert into analysis_code (kind, value, code, first_at)
  select $1, value, ${highest} + place,
    (select t.occurred_at from transaction t where t.customer_id = value order by t.seq limit 1)
  ${numbered} ${returned}`;
