import type { FastifyReply, FastifyRequest } from "fastify";
import type { Scope } from "#server/domain/permission.ts";
import type { Caller, Credentials } from "../authentication.ts";
import { problemOf, problemWith } from "../problems.ts";
import { sendProblem } from "./replies.ts";

export type Authenticate = (credentials: Credentials) => Promise<Caller | null>;

const callers = new WeakMap<FastifyRequest, Caller>();

/** A hook that lets only callers with the scope through, before their body is read. */
export function requireScope(authenticate: Authenticate, scope: Scope) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const caller = await authenticate(credentialsOf(request));
    if (caller === null) return sendProblem(reply, problemOf("unauthenticated"));
    if (!caller.scopes.includes(scope)) {
      return sendProblem(reply, problemWith("forbidden", `This key has not the scope ${scope}.`));
    }
    callers.set(request, caller);
    return undefined;
  };
}

export function credentialsOf({ headers }: Pick<FastifyRequest, "headers">): Credentials {
  const actor = headers["x-assay-actor"];
  return { authorization: headers.authorization, actorId: typeof actor === "string" ? actor : undefined };
}

/** Who sent a request that passed `requireScope`. @throws Error when it did not */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error("this route asks for no scope");
  return caller;
}
