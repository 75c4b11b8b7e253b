import { afterEach, expect, test, vi } from "vitest";
import { EnvironmentError } from "#server/env.ts";
import { lineOf, parsed, runCommand, UsageError } from "./run-command.ts";

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

test("an error is one line for a person, never a stack", async () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await runCommand(async () => {
    throw new Error("The database is away.\n  at somewhere");
  });
  expect(written.mock.calls).toEqual([["The database is away.\n"]]);
  expect(process.exitCode).toBe(1);
});

test("the exit code is what the command returns", async () => {
  await runCommand(async () => 0);
  expect(process.exitCode).toBe(0);
});

test("an unknown option is answered with the usage", () => {
  const parse = (): never =>
    parsed("npm run promote -- VERSION", () => {
      throw new TypeError("Unknown option '--x'. To specify …");
    });
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow("Unknown option '--x'\nUsage: npm run promote -- VERSION");
});

test("a refused connection tells its address although the aggregate has no message", () => {
  const refused = new AggregateError([new Error("connect ECONNREFUSED 127.0.0.1:5432")], "");
  expect(lineOf(refused)).toBe("connect ECONNREFUSED 127.0.0.1:5432");
});

test("wrong settings are all named", () => {
  expect(lineOf(new EnvironmentError("These settings are wrong:\n  PORT: x"))).toContain("PORT");
});

test("Prisma's message is reduced to its reason", () => {
  expect(lineOf(new Error("\nInvalid `prisma.user.create()` invocation:\n\n\nCan't reach database"))).toBe(
    "Can't reach database",
  );
});
