import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { ServiceError } from "#server/domain/service-error.ts";
import { answerBrokenRequest, problemOfError } from "./errors.ts";

const withMembers = (members: object): Error => Object.assign(new Error("secret words"), members);

test.each([
  ["a service's refusal", new ServiceError("not_found", "There is no such thing."), 404],
  ["a body that is not JSON", new SyntaxError("secret words"), 400],
  ["an empty body", withMembers({ code: "FST_ERR_CTP_EMPTY_JSON_BODY", statusCode: 400 }), 400],
  ["a body that is too large", withMembers({ statusCode: 413 }), 413],
  ["another media type", withMembers({ statusCode: 415 }), 415],
  ["an address that is not one", withMembers({ code: "FST_ERR_BAD_URL", statusCode: 400 }), 400],
  ["a database that is away", withMembers({ code: "ECONNREFUSED" }), 503],
  ["a bug", new TypeError("secret words"), 500],
  ["what is no error", "secret words", 500],
])("%s", (_name, error, status) => {
  const problem = problemOfError(error);
  expect(problem.status).toBe(status);
  expect(JSON.stringify(problem)).not.toContain("secret words");
});

test.each([
  ["came too slowly", withMembers({ code: "ERR_HTTP_REQUEST_TIMEOUT" }), "408 Request Timeout"],
  ["is not HTTP", withMembers({ code: "HPE_INVALID_METHOD" }), "400 Bad Request"],
])("what %s gets a problem document on its socket", (_name, error, line) => {
  const socket = new PassThrough();
  answerBrokenRequest(error, socket);
  const [head, body] = String(socket.read()).split("\r\n\r\n");
  expect(head).toContain(`HTTP/1.1 ${line}\r\n`);
  expect(JSON.parse(body ?? "")).toMatchObject({ status: Number(line.slice(0, 3)) });
});
