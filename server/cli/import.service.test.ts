import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { type Environment, readEnvironment } from "#server/env.ts";
import { plainHeader, plainMapping, testCards } from "#server/services/import/testing/plain-mapping.ts";
import { fileOf, temporaryFolder } from "#server/services/import/testing/temporary-folder.ts";
import { runImport } from "./import.ts";
import { runLabels } from "./labels.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await database.drop();
});

const environment = (dataDir: string): Environment =>
  readEnvironment({ DATABASE_URL: database.url, ASSAY_DATA_DIR: dataDir });
const mappingOf = (prefix: string): string =>
  fileOf([JSON.stringify({ ...plainMapping, id: { column: "id", prefix } })], "plain.json");

const row = (id: number, day: string, card = "2"): string => `${id},2026-01-${day},1.50,${card},3,1`;

test("an import of some days keeps refused rows in a file, without card numbers", async () => {
  const dataDir = temporaryFolder();
  const lines = [
    plainHeader,
    row(1, "04"),
    row(2, "05"),
    row(3, "06", testCards[1]),
    row(4, "06"),
    row(5, "07"),
  ];
  const args = [
    fileOf(lines, "shop.csv.gz"),
    "--mapping",
    mappingOf("x_"),
    "--from",
    "2026-01-05",
    "--to",
    "2026-01-06",
  ];
  expect(await runImport(args, environment(dataDir))).toBe(0);
  const stored = await database.db.transaction.findMany({
    where: { id: { startsWith: "x_" } },
    orderBy: { seq: "asc" },
  });
  expect(stored.map((payment) => payment.id)).toEqual(["x_2", "x_4"]);
  const [name = ""] = readdirSync(join(dataDir, "imports")).filter((file) =>
    file.startsWith("shop-refused-"),
  );
  const refused = readFileSync(join(dataDir, "imports", name), "utf8");
  expect(refused).toContain(
    "4,customer,looks like a card number; send a token instead,3,2026-01-06,1.50,[card number removed],3,1",
  );
  expect(refused).not.toContain(testCards[1]);
  expect(await database.db.setting.findUnique({ where: { key: "featureSet" } })).toMatchObject({
    value: { name: "default", attributes: [] },
  });
});

test("a dry run writes nothing: no payment, no folder", async () => {
  const dataDir = join(temporaryFolder(), "data");
  const args = [
    fileOf([plainHeader, row(1, "04"), row(2, "05", testCards[0])]),
    "--mapping",
    mappingOf("y_"),
    "--dry-run",
  ];
  expect(await runImport(args, environment(dataDir))).toBe(0);
  expect(await database.db.transaction.count({ where: { id: { startsWith: "y_" } } })).toBe(0);
  expect(existsSync(dataDir)).toBe(false);
});

test("a file of which nothing can be read ends with 1 and changes no setting", async () => {
  const before = await database.db.auditEvent.count();
  const args = [fileOf([plainHeader, row(1, "99")]), "--mapping", mappingOf("z_")];
  expect(await runImport(args, environment(temporaryFolder()))).toBe(1);
  expect(await database.db.auditEvent.count()).toBe(before);
});

test("what is missing or wrong on the command line is said", async () => {
  const env = environment(temporaryFolder());
  await expect(runImport([], env)).rejects.toThrow("Which file?");
  await expect(runImport(["a.csv"], env)).rejects.toThrow("Which mapping?");
  await expect(runImport(["a.csv", "b.csv"], env)).rejects.toThrow("One file at a time.");
  await expect(runImport(["a.csv", "--mapping", "handbook", "--from", "May"], env)).rejects.toThrow(
    "May is neither a day",
  );
  await expect(runImport(["/nowhere.csv", "--mapping", "handbook"], env)).rejects.toThrow(
    "cannot be read: not there",
  );
  await expect(runLabels([], env)).rejects.toThrow("Which file of labels?");
});

test("labels of a file reach imported payments; refused ones are kept in a file", async () => {
  const dataDir = temporaryFolder();
  const env = environment(dataDir);
  await runImport([fileOf([plainHeader, "1,2026-01-04,1.50,2,3,0"]), "--mapping", mappingOf("l_")], env);
  const labels = [
    "transactionId,label,source,occurredAt",
    "l_1,fraud,chargeback,2026-02-01",
    "l_9,fraud,chargeback,2026-02-01",
  ];
  expect(await runLabels([fileOf(labels, "disputes.csv"), "--dry-run"], env)).toBe(0);
  expect(await database.db.label.count({ where: { transactionId: "l_1" } })).toBe(0);
  expect(await runLabels([fileOf(labels, "disputes.csv")], env)).toBe(0);
  expect(await database.db.effectiveLabel.findMany({ where: { transactionId: "l_1" } })).toMatchObject([
    { label: "fraud" },
  ]);
  const [name = ""] = readdirSync(join(dataDir, "imports")).filter((file) =>
    file.startsWith("disputes-refused-"),
  );
  expect(readFileSync(join(dataDir, "imports", name), "utf8")).toContain(
    "3,transactionId,is no payment known here,l_9",
  );
});
