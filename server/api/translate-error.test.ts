import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { ServiceError, serviceErrorCodes } from "#server/domain/service-error.ts";
import { translateError, trpcCode } from "./translate-error.ts";

const wrapped = (cause: Error): TRPCError => new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });

test("every refusal of a service keeps its sentence under its own code", () => {
  for (const code of serviceErrorCodes) {
    const told = translateError(wrapped(new ServiceError(code, `because of ${code}`)));
    expect([told.code, told.message]).toEqual([trpcCode[code], `because of ${code}`]);
  }
});

test("an unknown error loses its message and keeps its cause for the log", () => {
  const cause = new Error("password=hunter2");
  const told = translateError(wrapped(cause));
  expect([told.code, told.message, told.cause]).toEqual(["INTERNAL_SERVER_ERROR", "Unexpected error", cause]);
});

test("what tRPC itself refuses passes unchanged", () => {
  const error = new TRPCError({ code: "UNAUTHORIZED", message: "Sign in to continue." });
  expect(translateError(error)).toBe(error);
});
