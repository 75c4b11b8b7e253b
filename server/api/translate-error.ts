import { TRPCError } from "@trpc/server";
import { ServiceError, type ServiceErrorCode } from "#server/domain/service-error.ts";

/** How a service's refusal is told over tRPC. */
export const trpcCode = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ServiceErrorCode, TRPCError["code"]>;

/** A refusal keeps its sentence; anything unknown keeps its cause for the log and loses its message. */
export function translateError(error: TRPCError): TRPCError {
  const { cause, code } = error;
  if (cause instanceof ServiceError)
    return new TRPCError({ code: trpcCode[cause.code], message: cause.message, cause });
  if (code === "INTERNAL_SERVER_ERROR")
    return new TRPCError({ code, message: "Unexpected error", cause: cause ?? error });
  return error;
}
