import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { addCaseFile, addNote, exportCase } from "./index.ts";
import { contextOf, paidAt, seedCase, seedDecision, seedUser, systemContext } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function as(role: "analyst" | "lead") {
  return contextOf(database.db, await seedUser(database.db, role, "Ada"), now);
}

test("an export holds what was known then and since, versions, notes and hashes of files, and is audited", async () => {
  const { db } = database;
  const { id, transactionId } = await seedCase(db);
  const label = { transactionId, label: "fraud", source: "customer_report", occurredAt: paidAt } as const;
  await recordLabel(systemContext(db, paidAt), label);
  await seedDecision(db, transactionId, { scoredAt: new Date(paidAt.getTime() + 1_000), listRevision: 7n });
  await recordLabel(systemContext(db, now), { ...label, source: "chargeback" });
  const ada = await as("analyst");
  await addNote(ada, { caseId: id, text: "Called the customer" });
  await addCaseFile(ada, { caseId: id, name: "call.txt", base64: Buffer.from("hello").toString("base64") });
  const exported = await exportCase(ada, { caseId: id, format: "json" });
  expect(exported).toMatchObject({ format: "assay.case/1", exportedBy: "Ada", withheld: null });
  const [payment] = exported.payments;
  expect(payment?.labelsThen.map((one) => one.source)).toEqual(["customer_report"]);
  expect(payment?.labelsSince.map((one) => [one.source, one.effective])).toEqual([["chargeback", true]]);
  expect(payment?.decision).toMatchObject({
    listRevision: "7",
    featureSetVersion: "default@test",
    opinion: { outcome: "review", score: 0.7, reasons: [{ code: "amount" }] },
  });
  expect(payment?.decision?.policy.number).toBeGreaterThan(0);
  expect(exported.timeline.map((line) => line.kind)).toEqual(["note", "file"]);
  expect(exported.files).toMatchObject([{ name: "call.txt", sha256: expect.stringMatching(/^2cf24dba/) }]);
  expect(() => JSON.stringify(exported)).not.toThrow();
  const audits = await db.auditEvent.findMany({ where: { subjectId: id, action: "case.export" } });
  expect(audits).toMatchObject([{ actorName: "Ada", after: { format: "json", withheld: false } }]);
});

test("a masked case is exported without the model's opinion while it is open, and says so", async () => {
  const { db } = database;
  const { id, transactionId } = await seedCase(db, { masked: true, origin: "exploration", score: 0.123456 });
  await seedDecision(db, transactionId, { score: 0.123456, exploration: "approve_to_review" });
  const blind = await exportCase(await as("analyst"), { caseId: id, format: "print" });
  expect(blind.withheld).not.toBeNull();
  expect(JSON.stringify(blind)).not.toMatch(/0\.123456|exploration|€129\.99 here/);
  const whole = await exportCase(await as("lead"), { caseId: id, format: "print" });
  expect(whole).toMatchObject({ withheld: null, case: { score: 0.123456 } });
  expect(whole.payments[0]?.decision?.opinion).toMatchObject({ exploration: "approve_to_review" });
});

test("there is nothing to export of an unknown case, or without the permission", async () => {
  const ada = await as("analyst");
  const unknown = exportCase(ada, { caseId: "nowhere", format: "json" });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  const key = { kind: "api_key", id: "k", name: "k", scopes: ["score"] } as const;
  const { id } = await seedCase(database.db);
  const refused = exportCase({ ...ada, actor: key }, { caseId: id, format: "json" });
  await expect(refused).rejects.toMatchObject({ code: "forbidden" });
});
