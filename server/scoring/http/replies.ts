import type { FastifyReply } from "fastify";
import type { Problem } from "#server/domain/problem.ts";

const PROBLEM_TYPE = "application/problem+json; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";
const RETRY_AFTER_SECONDS = "1";

/** Answers with a problem document, and the headers that its status asks for. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header("retry-after", RETRY_AFTER_SECONDS);
  if (problem.status === 401) reply.header("www-authenticate", 'Bearer realm="assay"');
  reply.header("x-content-type-options", "nosniff"); // also where no hook runs, as for addresses that cannot be read
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** Answers with JSON that is text already: stored answers leave byte for byte. */
export function sendJson(reply: FastifyReply, status: number, json: string): FastifyReply {
  return reply.code(status).type(JSON_TYPE).send(json);
}

/** The last part of a problem's type, to count it by. */
export function kindOf(problem: Problem): string {
  return problem.type.slice(problem.type.lastIndexOf(":") + 1);
}

/** The kind of the problem document that is being sent, as `sendProblem` writes it; null for any other answer. */
export function sentKind(reply: FastifyReply, payload: unknown): string | null {
  if (reply.statusCode < 400 || typeof payload !== "string") return null;
  return reply.getHeader("content-type") === PROBLEM_TYPE ? (problemType.exec(payload)?.[1] ?? null) : null;
}

const problemType = /^\{"type":"urn:assay:problem:([a-z-]+)"/;
