import { connect } from "node:net";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { paymentBody } from "#server/scoring/testing/payments.ts";
import { type ScoringProcess, startScoringProcess } from "./testing/scoring-process.ts";
import { writtenForms } from "./testing/written-card-numbers.ts";

// Published for tests by a network; belongs to nobody, and stands in no other test of this file's database.
const number = "5555555555554444";
const forms = Object.entries(writtenForms(number));

let database: TestDatabase;
let scoring: ScoringProcess;
let answers = "";

beforeAll(async () => {
  database = await createTestDatabase();
  scoring = await startScoringProcess(database.url, { LOG_LEVEL: "debug" });
  await scored(paymentBody({ id: "pay_known" }));
});
afterAll(async () => {
  await scoring.stop();
  await database.drop();
});

async function call(path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
  const sent = { authorization: `Bearer ${scoring.key}`, "content-type": "application/json", ...headers };
  const init = body === undefined ? {} : { method: "POST", body };
  const response = await fetch(`${scoring.url}${path}`, { ...init, headers: sent });
  const copy = response.clone();
  answers += `${JSON.stringify([...copy.headers])}\n${await copy.text()}\n`;
  return response;
}

async function scored(body: unknown): Promise<unknown> {
  const response = await call("/v1/score", JSON.stringify(body));
  expect(response.status).toBe(200);
  return response.json();
}

/** A payment with the text in one of its places, and where an answer must say that it is. */
const places: Record<string, (text: string) => readonly [Record<string, unknown>, string]> = {
  "a field": (text) => [{ merchantCategory: text }, "/merchantCategory"],
  "the id": (text) => [{ id: text }, "/id"],
  "a token": (text) => [{ cardToken: `card ${text}` }, "/cardToken"],
  "an attribute": (text) => [{ attributes: { note: `by ${text}, thanks` } }, "/attributes/note"],
  "a name": (text) => [{ attributes: { [text]: 1 } }, "/attributes/*"],
  "an unknown field": (text) => [{ more: [{ deep: { down: [text] } }] }, "/more/0/deep/down/0"],
};

const variants = Object.keys(places).flatMap((place) => forms.map(([form]) => [place, form] as const));

test.each(variants)(
  "in %s, %s: refused by its place, alone, in a batch and over tRPC",
  async (place, form) => {
    const text = writtenForms(number)[form] ?? "";
    const [changes, path] = places[place]?.(text) ?? [{}, ""];
    const body = paymentBody({ id: "pay_card", ...changes });
    const alone = await call("/v1/score", JSON.stringify(body));
    expect([alone.status, (await alone.json()).errors?.[0]?.path]).toEqual([422, path]);
    const inBatch = await call("/v1/score/batch", JSON.stringify([body]));
    expect(await inBatch.json()).toMatchObject([{ type: "urn:assay:problem:card-data", errors: [{ path }] }]);
    const overTrpc = await call("/trpc/transaction.score", JSON.stringify(body));
    expect([overTrpc.status, await overTrpc.text()]).toEqual([400, expect.stringContaining(path)]);
  },
);

test.each([
  number,
  `${number}.0`,
  `-${number}`,
  `${number}.25`,
  "5.555555555554444e15",
  "5555555555554444E0",
])("as the number %s: refused", async (literal) => {
  const text = JSON.stringify(paymentBody({ id: "pay_card", attributes: { n: 0 } }));
  const response = await call("/v1/score", text.replace('"n":0', `"n":${literal}`));
  expect([response.status, (await response.json()).errors[0].path]).toEqual([422, "/attributes/n"]);
});

test("as a number of 19 digits, which no double holds: refused", async () => {
  const text = JSON.stringify(paymentBody({ id: "pay_card", attributes: { n: 0 } }));
  const response = await call("/v1/score", text.replace('"n":0', '"n":6304000000000000005'));
  expect(response.status).toBe(422);
});

test("escaped in the JSON, letter by letter: refused", async () => {
  const escaped = [...number].map((digit) => `\\u00${digit.charCodeAt(0).toString(16)}`).join("");
  const text = JSON.stringify(paymentBody({ id: "pay_card", merchantCategory: "?" }));
  expect((await call("/v1/score", text.replace('"?"', `"${escaped}"`))).status).toBe(422);
});

const label = (changes: object): string =>
  JSON.stringify({
    transactionId: "pay_known",
    label: "fraud",
    source: "chargeback",
    occurredAt: "2026-11-20T10:00:00Z",
    ...changes,
  });

test.each(forms)("in a label, %s: refused, over HTTP and tRPC", async (_form, text) => {
  for (const body of [
    label({ note: `disputed: ${text}` }),
    label({ transactionId: `pay ${text}` }),
    label({ [text]: 1 }),
    label({ label: text }),
  ]) {
    expect((await call("/v1/labels", body)).status).toBe(422);
    expect((await call("/trpc/label.record", body)).status).toBe(400);
  }
});

test("a name that is refused beside a card number in a list of duplicates is still not told", async () => {
  const body = `{"${number}":1,"${number}":2}`;
  expect((await call("/v1/score", body)).status).toBe(422);
  expect((await call("/v1/score", `{"x":{"${number}"`)).status).toBe(400);
});

test.each(forms)("in an address, a query or a header, %s: nowhere repeated", async (_form, text) => {
  const part = encodeURIComponent(text);
  const input = encodeURIComponent(JSON.stringify(text));
  for (const path of [
    `/v1/transactions/${part}`,
    `/v1/${part}`,
    `/${part}?card=${part}`,
    `/healthz?card=${part}`,
    `/trpc/${part}`,
    `/trpc/transaction.byId?input=${input}`,
    `/trpc/transaction.detail?input=${input}`,
    `/trpc/transaction.list?input=${encodeURIComponent(JSON.stringify({ [text]: text }))}`,
    `/trpc/transaction.byId?input=${part}`,
  ])
    await (await call(path)).arrayBuffer();
  await call("/v1/score", `{"note": ${text}`);
  await call("/trpc/transaction.score", `{"note": ${text}`);
  await call("/trpc/label.record", `["${text}`);
  await call("/v1/score", "{}", { "x-card": part, "user-agent": part, authorization: `Bearer ${part}` });
  await call("/v1/score", "{}", { "content-type": `text/${number}` });
  await call("/v1/score", "{}", { "x-assay-actor": part });
});

test("in what is not HTTP: nowhere repeated", async () => {
  const { port } = new URL(scoring.url);
  for (const text of [
    `${number}\r\n\r\n`,
    `GET /${number} HTTP/9.9\r\n\r\n`,
    `GET / HTTP/1.1\r\n${number}\r\n\r\n`,
  ]) {
    const socket = connect(Number(port), "127.0.0.1");
    socket.end(text);
    answers += (await socket.toArray()).join("");
  }
});

test("afterwards the number is found nowhere: not in any table, log, metric or answer", async () => {
  await scored(paymentBody({ id: "pay_last", attributes: { control: "0123498765" } }));
  const metrics = await (await fetch(`${scoring.url}/metrics`)).text();
  await scoring.stop();
  const tables = await dump(database.url);
  expect(traces(tables, "0123498765")).toEqual(["plain", "hexadecimal", "base64"].slice(0, 1)); // the search can find
  expect(scoring.output()).toContain("scoring is ready");
  for (const [place, text] of Object.entries({ tables, log: scoring.output(), metrics, answers }))
    expect([place, traces(text, number)]).toEqual([place, []]);
});

/** Every row of every table, as text; bytes in hexadecimal. */
async function dump(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
  );
  const texts: string[] = [];
  for (const { name } of rows) {
    const found = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
    texts.push(`${name}\n${found.rows.map((row) => row.text).join("\n")}`);
  }
  await client.end();
  expect(texts.length).toBeGreaterThan(20);
  return texts.join("\n");
}

/** In which forms a text still holds the digits. */
function traces(text: string, digits: string): string[] {
  const ascii = text.normalize("NFKC").replace(/\p{Cf}|\p{M}/gu, "");
  const joined = ascii.replace(/[\s\-._/]/g, "");
  const decoded = text.replace(/%([0-9a-f]{2})/gi, (_all, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const found = {
    plain: joined.includes(digits) || ascii.includes(digits) || decoded.includes(digits),
    hexadecimal: text.includes(Buffer.from(digits).toString("hex")),
    base64: text.includes(Buffer.from(digits).toString("base64").replace(/=+$/, "")),
    written: Object.values(writtenForms(digits)).some((form) => text.includes(form)),
  };
  return Object.entries(found)
    .flatMap(([name, is]) => (is ? [name] : []))
    .filter((name) => name !== "written" || !found.plain);
}
