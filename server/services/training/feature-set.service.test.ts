import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { chooseFeatureSet, resolveFeatureSet } from "./index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("without a choice training uses the default set; an import's choice replaces it", async () => {
  expect((await resolveFeatureSet(database.db)).version).toBe(defaultFeatureSet.version);
  await chooseFeatureSet(database.db, { name: "attributes", attributes: ["v1", "v2"] });
  const names = (await resolveFeatureSet(database.db)).definitions.map(({ name }) => name);
  expect(names).toContain("attribute_v1");
  expect(names.some((name) => name.startsWith("customer_"))).toBe(false);
  await chooseFeatureSet(database.db, { name: "default", attributes: [] });
  expect((await resolveFeatureSet(database.db)).version).toBe(defaultFeatureSet.version);
});

test("a choice that names no feature set is refused by its name", async () => {
  await chooseFeatureSet(database.db, { name: "astrology", attributes: [] });
  await expect(resolveFeatureSet(database.db)).rejects.toThrow("astrology");
  await database.db.setting.update({ where: { key: "featureSet" }, data: { value: 7 } });
  await expect(resolveFeatureSet(database.db)).rejects.toMatchObject({ code: "invalid" });
});
