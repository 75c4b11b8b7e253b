import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from "fastify";
import type { Scope } from "#server/domain/permission.ts";
import type { Caller, Credentials } from "../authentication.ts";
import { problemOf, problemWith } from "../problems.ts";
import { sendProblem } from "./replies.ts";

export type Authenticate = (credentials: Credentials) => Caller | null | Promise<Caller | null>;

declare module "fastify" {
  interface FastifyRequest {
    /** who sent it, once `requireScope` let it through */
    caller: Caller | null;
  }
}

/** Makes room for the caller in every request of the server. */
export function rememberCallers(app: FastifyInstance): void {
  app.decorateRequest("caller", null);
}

/** A hook that lets only callers with the scope through, before their body is read. */
export function requireScope(authenticate: Authenticate, scope: Scope): onRequestHookHandler {
  return (request, reply, done) => {
    const admit = (caller: Caller | null): void => {
      if (caller === null) sendProblem(reply, problemOf("unauthenticated"));
      else if (!caller.scopes.includes(scope)) {
        sendProblem(reply, problemWith("forbidden", `This key has not the scope ${scope}.`));
      } else {
        request.caller = caller;
        done();
      }
    };
    const caller = authenticate(credentialsOf(request));
    if (caller instanceof Promise) caller.then(admit).catch(done);
    else admit(caller);
  };
}

export function credentialsOf({ headers }: Pick<FastifyRequest, "headers">): Credentials {
  const actor = headers["x-assay-actor"];
  return { authorization: headers.authorization, actorId: typeof actor === "string" ? actor : undefined };
}

/** Who sent a request that passed `requireScope`. @throws Error when it did not */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error("this route asks for no scope");
  return request.caller;
}
