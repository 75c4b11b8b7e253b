import { expect, test } from "vitest";
import { examples } from "#server/scoring/http/contract/examples.ts";
import { DocumentedApi, type Observed } from "#server/scoring/http/testing/documented.ts";
import { problemOf } from "#server/scoring/problems.ts";
import { answersIn } from "./exchange.ts";
import { faultsOf, rawFaults } from "./faults.ts";
import { MARK } from "./fuzz-bodies.ts";
import type { PlainCase } from "./fuzz-cases.ts";

const api = new DocumentedApi();
const sent: PlainCase = {
  kind: "hostile",
  method: "POST",
  path: "/v1/score",
  headers: {},
  body: Buffer.from(""),
};
const nosniff = { "x-content-type-options": "nosniff" };
const refused = (problem: object): Observed => ({
  status: 422,
  headers: { ...nosniff, "content-type": "application/problem+json; charset=utf-8" },
  body: JSON.stringify(problem),
});
const invalid = problemOf("invalid");

test("answers as documented have no faults", () => {
  const headers = { ...nosniff, "content-type": "application/json; charset=utf-8" };
  expect(faultsOf(api, sent, { status: 200, headers, body: JSON.stringify(examples.decision) })).toEqual([]);
  expect(faultsOf(api, sent, refused(invalid))).toEqual([]);
});

test.each<readonly [string, Observed]>([
  ["a 500, though it is documented", { ...refused(problemOf("internal")), status: 500 }],
  ["an answer that repeats what was sent", refused({ ...invalid, detail: `wrong: ${MARK}` })],
  ["another status in the document", refused({ ...invalid, status: 400 })],
  ["an error that is no problem document", { ...refused({}), headers: { "content-type": "text/html" } }],
  ["a status that nobody documented", { ...refused({ ...invalid, status: 418 }), status: 418 }],
  [
    "a decision without its fields",
    { status: 200, headers: { ...nosniff, "content-type": "application/json" }, body: "{}" },
  ],
])("%s is a fault", (_name, observed) => {
  expect(faultsOf(api, sent, observed)).not.toEqual([]);
});

test("bytes must be answered, unless they are empty lines", () => {
  expect(rawFaults(Buffer.from("x"), [])).toEqual(["closed without an answer"]);
  expect(rawFaults(Buffer.from("\r\n\n"), [])).toEqual([]);
});

test("answers to several requests on one connection are told apart", () => {
  const body = JSON.stringify(problemOf("badRequest"));
  const bad = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const answers = answersIn(Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine${bad}`));
  expect(answers.map((answer) => answer.status)).toEqual([200, 400]);
  expect(rawFaults(Buffer.from("x"), answers)).toEqual([]);
  expect(rawFaults(Buffer.from("x"), answersIn(Buffer.from("HTTP/1.1 400 Bad\r\n\r\n")))).not.toEqual([]);
});
