import { expect, test } from "vitest";
import { payment } from "#ml/features/testing/payment.ts";
import { cardTokenizer } from "./card-token.ts";
import { loadMapping } from "./load-mapping.ts";
import { type Mapping, parseMapping } from "./mapping.ts";
import { createRowReader, type MappedRow, type RowResult } from "./row-reader.ts";
import { plainHeader, plainMapping, testCards } from "./testing/plain-mapping.ts";

const nowMs = Date.parse("2026-11-20T12:00:00Z");
const tokenize = cardTokenizer("salt");

function readAll(mapping: Mapping, header: string, rows: readonly string[]): RowResult[] {
  const read = createRowReader(mapping, header.split(","), { tokenize, nowMs });
  return rows.map((text, i) => read({ row: i + 1, line: i + 2, cells: text.split(",") }));
}

function readShipped(name: string, header: string, row: string): MappedRow {
  const [result] = readAll(loadMapping(name), header, [row]);
  if (result?.kind !== "mapped") throw new Error(JSON.stringify(result));
  return result.mapped;
}

/** The refusal of one row under the plain mapping, changed. */
function refusalOf(row: string, changes: object = {}, header: string = plainHeader): string {
  const [result] = readAll(parseMapping({ ...plainMapping, ...changes }, "plain"), header, [row]);
  return result?.kind === "refused"
    ? `${result.refusal.column}: ${result.refusal.reason}`
    : (result?.kind ?? "");
}

test("a row of the Handbook becomes a payment with prefixed ids, and its fraud a flag", () => {
  const header =
    "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO";
  expect(readShipped("handbook", header, "41,2018-04-02 08:15:09,77,900,120.5,116109,1,1,2")).toEqual({
    fileId: "41",
    fraud: true,
    payment: payment({
      id: "hb_41",
      occurredAtMs: Date.parse("2018-04-02T08:15:09Z"),
      amountMinor: 12050,
      customerId: "cus_77",
      merchantId: "mer_900",
    }),
  });
});

const vColumns = Array.from({ length: 28 }, (_, i) => `V${i + 1}`).join(",");
const vValues = Array.from({ length: 28 }, (_, i) => `${-1.5 + i / 8}`).join(",");

test("a row of ULB has a customer of its own, its anonymous columns as attributes, and filtered rows are left out", () => {
  const header = `Time,${vColumns},Amount,Class,sampled`;
  const { payment, fraud } = readShipped("ulb", header, `406,${vValues},0,1,all_frauds`);
  expect(fraud).toBe(true);
  expect(payment).toMatchObject({
    id: "ulb_1",
    customerId: "cus_unknown_1",
    merchantId: "mer_unknown_1",
    amountMinor: 0,
  });
  expect(payment.occurredAtMs).toBe(Date.parse("2013-09-01T00:06:46Z"));
  expect(Object.keys(payment.attributes)).toHaveLength(28);
  expect(payment.attributes).toMatchObject({ v1: -1.5, v28: 1.875 });
  const kinds = readAll(loadMapping("ulb"), header, [
    `1,${vValues},1.5,0,other`,
    `2,${vValues},1.5,0,random`,
  ]);
  expect(kinds.map((result) => result.kind)).toEqual(["filtered", "mapped"]);
});

test("a row of rounded ULB takes its time from its place in the original file", () => {
  const { payment } = readShipped("ulb_int", `row,${vColumns},Amount,Class`, `284806,${vValues},40,0`);
  expect(payment.id).toBe("ulbint_284806");
  expect(payment.occurredAtMs).toBeGreaterThan(Date.parse("2013-09-02T23:59:00Z"));
  expect(payment.occurredAtMs).toBeLessThan(Date.parse("2013-09-03T00:01:00Z"));
});

test("a row of BankSim has its category as text, and an unknown age is missing", () => {
  const header = "step,customer,age,gender,zipcodeOri,merchant,zipMerchant,category,amount,fraud";
  const { payment } = readShipped("banksim", header, "3,C123,U,F,28007,M456,28007,es_travel,44.26,0");
  expect(payment).toMatchObject({
    customerId: "cus_C123",
    merchantId: "mer_M456",
    merchantCategory: "es_travel",
    amountMinor: 4426,
  });
  expect(payment.occurredAtMs).toBe(Date.parse("2012-11-04T00:00:00Z"));
  expect(payment.attributes).toEqual({ gender: "F" });
  expect(payment.attributes).not.toHaveProperty("age");
});

test("a row of PaySim has its type as channel", () => {
  const header =
    "step,type,amount,nameOrig,oldbalanceOrg,newbalanceOrig,nameDest,oldbalanceDest,newbalanceDest,isFraud,isFlaggedFraud,source";
  const { payment, fraud } = readShipped(
    "paysim",
    header,
    "30,TRANSFER,181.0,C13,181.0,0.0,C55,0.0,0.0,1,0,head20k",
  );
  expect(fraud).toBe(true);
  expect(payment).toMatchObject({ channel: "transfer", merchantId: "mer_C55", merchantCategory: "TRANSFER" });
  expect(payment.attributes).toMatchObject({ balanceBefore: 181 });
  const debit = readShipped("paysim", header, "30,DEBIT,5,C13,181.0,0.0,M55,0.0,0.0,0,0,head20k");
  expect(debit.payment.channel).toBe("other");
});

const sparkovHeader =
  "trans_date_trans_time,cc_num,merchant,category,amt,first,last,gender,street,city,state,zip,lat,long,city_pop,job,dob,trans_num,unix_time,merch_lat,merch_long,is_fraud,source";
const sparkovRow = (card: string): string =>
  `2019-01-01 00:00:18,${card},fraud_Smith Ltd,grocery_net,4.97,A,B,F,1 Road,Town,NC,28654,36.1,-81.2,3495,Clerk,1988-03-09,0b242abb623afc578575680df30655b9,1325376018,36.01,-82.05,0,x`;

test("a row of Sparkov carries tokens for its card number, which appears nowhere", () => {
  for (const card of testCards) {
    const { payment } = readShipped("sparkov", sparkovHeader, sparkovRow(card));
    expect(payment.cardToken).toBe(`card_${tokenize(card)}`);
    expect(payment.customerId).toBe(`cus_${tokenize(card)}`);
    expect(payment.id).toBe("sk_0b242abb-623a-fc57-8575-680df30655b9");
    expect(payment).toMatchObject({
      channel: "ecommerce",
      currency: "USD",
      latitude: 36.01,
      longitude: -82.05,
    });
    expect(JSON.stringify(payment)).not.toContain(card);
  }
});

test("a row of Sparkov tells age, home distance and the customer's texts, also under Kaggle's unnamed first column", () => {
  const { payment } = readShipped("sparkov", `,${sparkovHeader}`, `0,${sparkovRow("1")}`);
  expect(payment).toMatchObject({ merchantCategory: "grocery_net" });
  expect(payment.attributes).toEqual({
    cityPopulation: 3495,
    gender: "F",
    state: "NC",
    job: "Clerk",
    age: expect.closeTo(30.8, 1),
    homeDistanceKm: expect.closeTo(77.1, 0),
  });
});

const claimHeader =
  "Month,WeekOfMonth,DayOfWeek,Make,AccidentArea,DayOfWeekClaimed,MonthClaimed,WeekOfMonthClaimed,Sex,MaritalStatus,Age,Fault,PolicyType,VehicleCategory,VehiclePrice,FraudFound_P,PolicyNumber,RepNumber,Deductible,DriverRating,Days_Policy_Accident,Days_Policy_Claim,PastNumberOfClaims,AgeOfVehicle,AgeOfPolicyHolder,PoliceReportFiled,WitnessPresent,AgentType,NumberOfSuppliments,AddressChange_Claim,NumberOfCars,Year,BasePolicy";

test("a vehicle claim has the day of its week, ordered texts as numbers, others as categories, and no number of a policy", () => {
  const row =
    "Dec,5,Wednesday,Honda,Urban,Tuesday,Jan,1,Female,Single,0,Policy Holder,Sport - Liability,Sport,more than 69000,1,1,12,300,1,more than 30,1 to 7,none,3 years,26 to 30,No,Yes,External,none,1 year,3 to 4,1994,Liability";
  const { payment, fraud } = readShipped("vehicle_claims", claimHeader, row);
  expect(fraud).toBe(true);
  expect(payment).toMatchObject({
    id: "vc_1",
    occurredAtMs: Date.parse("1994-12-29"),
    amountMinor: 30_000,
    customerId: "cus_unknown_1",
  });
  expect(payment.attributes).toMatchObject({
    month: 11,
    dayOfWeek: 2,
    make: "Honda",
    representative: "12",
    vehiclePrice: 5,
    daysPolicyToClaim: 1,
    pastClaims: 0,
    witness: true,
    policeReport: false,
    cars: 2,
  });
  expect(payment.attributes).not.toHaveProperty("age");
  expect(Object.keys(payment.attributes)).not.toContain("PolicyNumber");
});

test.each([
  [
    "1,2026-01-05 10:00:00,12.5,4242424242424242,7,0",
    "customer: looks like a card number; send a token instead",
  ],
  ["1,2026-01-05 10:00:00,12.5,5,7,maybe", "fraud: is neither a value for fraud nor one for legitimate"],
  ["1,2026-01-05 10:00:00,-12.5,5,7,0", "amount: is negative"],
  ["1,2026-01-05 10:00:00,,5,7,0", "amount: is not a plain decimal number"],
  ["1,05.01.2026,12.5,5,7,0", "at: is not a time such as 2018-04-01 13:05:00"],
  ["1,2026-12-05 10:00:00,12.5,5,7,0", "at: lies in the future"],
  ["1,1969-12-05 10:00:00,12.5,5,7,0", "at: lies before 1970"],
  ["1,2026-01-05 10:00:00,12.5,,7,0", "customer: is empty"],
  [",2026-01-05 10:00:00,12.5,5,7,0", "id: is empty"],
  ["1,2026-01-05 10:00:00,12.5,5,7", ": has 5 columns where the header has 6"],
  ["1,2026-01-05 10:00:00,12.5,5,7,0,9", ": has 7 columns where the header has 6"],
])("%s is refused: %s", (row, refusal) => {
  expect(refusalOf(row)).toBe(refusal);
});

test("ids without a letter, unknown currencies and values that no list names are refused at their column", () => {
  const row = "1,2026-01-05 10:00:00,12.5,5,7,0";
  expect(refusalOf(row, { id: { column: "id" } })).toMatch(/^id: must contain at least one letter/);
  expect(refusalOf(row, { currency: { column: "merchant" } })).toMatch(/^merchant: /);
  expect(refusalOf(row, { channel: { column: "merchant", values: { 8: "atm" } } })).toBe(
    "merchant: has a value that the mapping does not list",
  );
  expect(refusalOf(row, { attributes: [{ column: "at", name: "x" }] })).toBe("at: is not a number");
  expect(refusalOf(row, { latitude: { column: "merchant" } })).toBe("mapped");
  expect(refusalOf("1,2026-01-05 10:00:00,12.5,5,97,0", { latitude: { column: "merchant" } })).toMatch(
    /^merchant: /,
  );
});

test("an amount has the decimals of its row's currency, or is in minor units already", () => {
  const header = "id,at,amount,customer,merchant,fraud,currency";
  const changes = { currency: { column: "currency" } };
  const amounts = (unit: "major" | "minor"): unknown[] =>
    readAll(
      parseMapping({ ...plainMapping, ...changes, amount: { column: "amount", unit } }, "plain"),
      header,
      ["1,2026-01-05,1200,5,7,0,JPY", "2,2026-01-05,1200,5,7,0,EUR", "3,2026-01-05,1200,5,7,0,KWD"],
    ).map((result) => (result.kind === "mapped" ? result.mapped.payment.amountMinor : result));
  expect(amounts("major")).toEqual([1_200, 120_000, 1_200_000]);
  expect(amounts("minor")).toEqual([1_200, 1_200, 1_200]);
});

test("a column that the file lacks is named, with those that it has", () => {
  expect(() => readAll(loadMapping("handbook"), "a,b", [])).toThrow(
    'The mapping handbook reads the column "TRANSACTION_ID", which the file does not have. It has: a, b.',
  );
});

test("without a label column nothing is known about fraud", () => {
  const [result] = readAll(parseMapping({ ...plainMapping, label: undefined }, "plain"), plainHeader, [
    "1,2026-01-05,1,5,7,0",
  ]);
  expect(result).toMatchObject({ kind: "mapped", mapped: { fraud: null } });
});
