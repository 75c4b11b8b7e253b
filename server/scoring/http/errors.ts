import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyError } from "fastify";
import type { Problem } from "#server/domain/problem.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { isDatabaseAway } from "../database-away.ts";
import { problemOf, problemOfService } from "../problems.ts";

/** The problem document of anything thrown while a request was handled. Unknown errors tell nothing of themselves. */
export function problemOfError(error: unknown): Problem {
  if (error instanceof ServiceError) return problemOfService(error.code, error.message);
  if (error instanceof SyntaxError) return problemOf("malformedJson");
  if (isDatabaseAway(error)) return problemOf("unavailable");
  const { statusCode, code } = error as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_EMPTY_JSON_BODY") return problemOf("malformedJson");
  if (statusCode === 413) return problemOf("tooLarge");
  if (statusCode === 415) return problemOf("unsupportedMediaType");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return problemOf("badRequest");
  return problemOf("internal");
}

/** Answers what never became a request, as far as the socket still takes it. */
export function answerBrokenRequest(error: Error, socket: Duplex | null): void {
  if (socket?.writable !== true) {
    socket?.destroy();
    return;
  }
  const isLate = "code" in error && error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const problem = problemOf(isLate ? "timeout" : "badRequest");
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    "content-type: application/problem+json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "x-content-type-options: nosniff",
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
