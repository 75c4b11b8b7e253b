import { appendFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { findActivePolicy } from "#server/services/policy/index.ts";
import { resolveFeatureSet } from "#server/services/training/feature-set.ts";
import { type ImportCounts, importHistory } from "./import-history.ts";
import { openMappedFile } from "./mapped-rows.ts";
import { parseMapping } from "./mapping.ts";
import type { RefusedRow } from "./refusal-file.ts";
import { rememberImport } from "./remember-import.ts";
import { plainHeader, plainMapping, testCards } from "./testing/plain-mapping.ts";
import { fileOf } from "./testing/temporary-folder.ts";

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00Z");

type Run = { readonly counts: ImportCounts; readonly refused: RefusedRow[] };

async function run(
  path: string,
  { mapping = plainMapping as object, signal = null as AbortSignal | null, onProgress = () => {} } = {},
): Promise<Run> {
  const parsed = parseMapping(mapping, "plain");
  const file = await openMappedFile(path, parsed, { salt: "salt", now });
  const refused: RefusedRow[] = [];
  const counts = await importHistory({
    pool,
    file,
    mapping: parsed,
    signal,
    onProgress,
    heldRows: 2_000,
    onRefused: async (rows) => void refused.push(...rows),
  });
  return { counts, refused };
}

const minute = (i: number): string => new Date(Date.UTC(2026, 0, 5) + i * 60_000).toISOString();
const prefixed = (prefix: string): object => ({ ...plainMapping, id: { column: "id", prefix } });

test("rows become payments in order of time with the labels of their frauds, and refused rows are handed on", async () => {
  const path = fileOf([
    plainHeader,
    `1,${minute(9)},12.5,5,7,1`,
    `2,${minute(3)},1,${testCards[0]},7,0`,
    `3,${minute(3)},8,6,7,0`,
    `4,${minute(5)},9,6,7,1`,
  ]);
  const { counts, refused } = await run(path, { mapping: prefixed("a_") });
  expect(counts).toMatchObject({
    read: 4,
    added: 3,
    alreadyThere: 0,
    frauds: 2,
    labelsAdded: 2,
    refused: 1,
    outOfOrder: 0,
  });
  expect(refused).toMatchObject([{ line: 3, column: "customer" }]);
  const payments = await database.db.transaction.findMany({
    where: { id: { startsWith: "a_" } },
    orderBy: { seq: "asc" },
  });
  expect(payments.map((payment) => payment.id)).toEqual(["a_3", "a_4", "a_1"]);
  expect(payments.map((payment) => payment.origin)).toEqual(["import", "import", "import"]);
  const labels = await database.db.label.findMany({
    where: { transactionId: { startsWith: "a_" } },
    orderBy: { seq: "asc" },
  });
  expect(
    labels.map(({ transactionId, source, recordedAt }) => [transactionId, source, recordedAt.toISOString()]),
  ).toEqual([
    ["a_4", "import", "2026-01-12T00:05:00.000Z"],
    ["a_1", "import", "2026-01-12T00:09:00.000Z"],
  ]);
  const digits = testCards[0];
  const stored = await pool.query("select count(*) as n from transaction where transaction::text like $1", [
    `%${digits}%`,
  ]);
  expect(stored.rows).toEqual([{ n: 0 }]);
});

test("an import that is interrupted leaves whole batches, and running it again brings the rest", async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, i) => `${i},${minute(i)},1,${i % 50},7,${Number(i % 100 === 0)}`,
  );
  const path = fileOf([plainHeader, ...rows]);
  const interruption = new AbortController();
  let seen = 0;
  const onProgress = (): void => {
    seen += 1;
    if (seen === 9) interruption.abort(new Error("stopped"));
  };
  const mapping = prefixed("b_");
  await expect(run(path, { mapping, signal: interruption.signal, onProgress })).rejects.toThrow("stopped");
  const before = await countOf("b_");
  expect(before).toBeGreaterThan(0);
  expect(before % 5_000).toBe(0);
  expect(before).toBeLessThan(30_000);
  const labelled = await database.db.label.count({ where: { transactionId: { startsWith: "b_" } } });
  expect(labelled).toBe(before / 100);

  const { counts } = await run(path, { mapping });
  expect(counts).toMatchObject({
    read: 30_000,
    added: 30_000 - before,
    alreadyThere: before,
    frauds: 300,
  });
  expect(await countOf("b_")).toBe(30_000);
  const labels = await database.db.label.findMany({
    where: { transactionId: { startsWith: "b_" } },
    orderBy: { seq: "asc" },
  });
  expect(labels).toHaveLength(300);
  expect(labels.every((label, i) => i === 0 || label.recordedAt >= (labels[i - 1]?.recordedAt ?? now))).toBe(
    true,
  );
});

const countOf = (prefix: string): Promise<number> =>
  database.db.transaction.count({ where: { id: { startsWith: prefix } } });

test("a file that breaks off keeps what came before and says where", async () => {
  const path = fileOf([plainHeader, `1,${minute(1)},1,2,3,0`]);
  appendFileSync(path, '2,"never closed');
  await expect(run(path, { mapping: prefixed("c_") })).rejects.toThrow("a quote is opened and never closed");
});

test("without a label column nothing is labelled", async () => {
  const mapping = { ...prefixed("d_"), label: undefined };
  const { counts } = await run(fileOf([plainHeader, `1,${minute(1)},1,2,3,1`]), { mapping });
  expect(counts).toMatchObject({ added: 1, frauds: 0, labelsAdded: 0 });
});

test("an import settles the feature set of training and leaves an audit row", async () => {
  const mapping = parseMapping(
    {
      ...plainMapping,
      attributes: [{ column: "merchant", name: "v1" }],
      featureSet: { name: "attributes", attributes: ["v1"] },
    },
    "plain",
  );
  const { counts } = await run(fileOf([plainHeader]));
  const ctx = { db: database.db, actor: { kind: "system", name: "import" }, now: () => now } as const;
  await rememberImport(ctx, { file: "history.csv", mapping }, counts);
  const set = await resolveFeatureSet(database.db);
  expect(set.definitions.map((definition) => definition.name)).toEqual(["amount", "attribute_v1"]);
  const [audit] = await database.db.auditEvent.findMany({ where: { action: "history.import" } });
  expect(audit).toMatchObject({
    subjectId: "history.csv",
    actorName: "import",
    after: { mapping: "plain", read: 0 },
  });
});

test("where nothing was decided yet, labels mature as late as the mapping says", async () => {
  const { counts } = await run(fileOf([plainHeader]));
  const ctx = { db: database.db, actor: { kind: "system", name: "import" }, now: () => now } as const;
  const label = { column: "fraud", fraud: ["1"], legitimate: ["0"], delayDays: 6.5 };
  const mapping = parseMapping({ ...plainMapping, label }, "plain");
  await rememberImport(ctx, { file: "history.csv", mapping }, counts);
  await rememberImport(ctx, { file: "history.csv", mapping }, counts);
  expect((await findActivePolicy(database.db))?.policy.maturityDays).toBe(7);
  expect(await database.db.policyVersion.count({ where: { status: "active" } })).toBe(1);
});
