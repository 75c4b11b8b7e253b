import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { seedPayment, systemContext } from "../case/testing/seed.ts";
import { openCsv } from "./csv-source.ts";
import { type LabelFileCounts, recordLabelFile } from "./record-label-file.ts";
import type { RefusedRow } from "./refusal-file.ts";
import { MASK } from "./refused-row.ts";
import { fileOf } from "./testing/temporary-folder.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const header = "transactionId,label,source,occurredAt,note";

async function run(
  lines: readonly string[],
  dryRun = false,
): Promise<{ counts: LabelFileCounts; refused: RefusedRow[] }> {
  const refused: RefusedRow[] = [];
  const counts = await recordLabelFile(systemContext(database.db, now), {
    file: await openCsv(fileOf(lines)),
    dryRun,
    signal: null,
    onProgress: () => {},
    onRefused: async (rows) => void refused.push(...rows),
  });
  return { counts, refused };
}

test("labels of a file are recorded once, however often it is sent", async () => {
  const { id } = await seedPayment(database.db);
  const lines = [
    header,
    `${id},fraud,chargeback,2026-11-19 09:00:00,dispute 71`,
    `${id},fraud,issuer_alert,2026-11-19,`,
  ];
  expect((await run(lines)).counts).toEqual({
    read: 2,
    created: 2,
    alreadyThere: 0,
    refused: 0,
    reopenedCases: 0,
  });
  expect((await run(lines)).counts).toMatchObject({ created: 0, alreadyThere: 2 });
  const labels = await database.db.label.findMany({ where: { transactionId: id }, orderBy: { seq: "asc" } });
  expect(labels).toMatchObject([
    {
      label: "fraud",
      source: "chargeback",
      note: "dispute 71",
      occurredAt: new Date("2026-11-19T09:00:00Z"),
    },
    { source: "issuer_alert", note: null },
  ]);
});

test("rows that cannot be taken are refused in words, masked, and do not stop the others", async () => {
  const { id } = await seedPayment(database.db);
  const { counts, refused } = await run([
    header,
    `${id},maybe,chargeback,2026-11-19,`,
    `${id},fraud,analyst,2026-11-19,`,
    `${id},fraud,chargeback,soon,`,
    `${id},fraud,chargeback,2026-12-19,`,
    `${id},fraud,chargeback,2026-11-19,card 4242 4242 4242 4242`,
    "pay_nowhere,fraud,chargeback,2026-11-19,",
    ",fraud,chargeback,2026-11-19,",
    `${id},fraud,chargeback,2026-11-19,,`,
    `${id},fraud,chargeback,2026-11-19,good`,
  ]);
  expect(counts).toMatchObject({ read: 9, created: 1, refused: 8 });
  const byLine = Object.fromEntries(
    refused.map(({ line, column, reason }) => [line, `${column}: ${reason}`]),
  );
  expect(byLine).toEqual({
    2: "label: is none of fraud, legitimate",
    3: "source: is none of chargeback, customer_report, manual, issuer_alert, import",
    4: "occurredAt: is not a time such as 2018-04-01 13:05:00",
    5: ": occurredAt lies more than 5 minutes ahead.",
    6: ": The note seems to hold a card number; leave it out.",
    7: "transactionId: is no payment known here",
    8: "transactionId: is empty",
    9: ": has 6 columns where the header has 5",
  });
  expect(refused.find((row) => row.line === 6)?.cells[4]).toBe(MASK);
});

test("a dry run records nothing and still finds what would be refused", async () => {
  const { id } = await seedPayment(database.db);
  const before = await database.db.label.count();
  const { counts, refused } = await run(
    [header, `${id},fraud,manual,2026-11-19,`, "pay_nowhere,fraud,manual,2026-11-19,"],
    true,
  );
  expect(counts).toMatchObject({ read: 2, created: 1, refused: 1 });
  expect(refused).toMatchObject([{ line: 3, column: "transactionId" }]);
  expect(await database.db.label.count()).toBe(before);
});

test("a file without a needed column is refused at once; the note may be missing", async () => {
  await expect(run(["id,label", "1,fraud"])).rejects.toThrow(
    "has no column transactionId, source, occurredAt",
  );
  const { id } = await seedPayment(database.db);
  const { counts } = await run([
    "transactionId,label,source,occurredAt",
    `${id},legitimate,import,2026-11-01`,
  ]);
  expect(counts.created).toBe(1);
});
