import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { isDatabaseAway } from "./database-away.ts";
import { DeadlineError } from "./deadline.ts";

function databaseError(code: string): DatabaseError {
  return Object.assign(new DatabaseError("refused", 0, "error"), { code });
}
const withCode = (code: string): Error => Object.assign(new Error("failed"), { code });

test.each([
  ["a deadline", new DeadlineError("reading", 1)],
  ["a refused connection", withCode("ECONNREFUSED")],
  ["a host with several refused addresses", new AggregateError([withCode("ECONNREFUSED")])],
  ["a connection cut while reading", new Error("Connection terminated unexpectedly")],
  ["no connection in time", new Error("timeout exceeded when trying to connect")],
  ["a shutdown", databaseError("57P01")],
  ["a start", databaseError("57P03")],
  ["a full disk", databaseError("53100")],
  ["a statement out of time", databaseError("57014")],
  ["what Prisma says of it", withCode("P1001")],
  [
    "one of these behind another error",
    new Error("failed", { cause: new Error("x", { cause: withCode("EPIPE") }) }),
  ],
])("%s means that the database is away", (_name, error) => expect(isDatabaseAway(error)).toBe(true));

test.each([
  ["a broken rule of the data", databaseError("23505")],
  ["a wrong statement", databaseError("42P01")],
  ["a bug", new TypeError("undefined is not a function")],
  ["what is no error", "ECONNREFUSED"],
])("%s does not", (_name, error) => expect(isDatabaseAway(error)).toBe(false));
