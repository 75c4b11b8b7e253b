import type { FastifyInstance } from "fastify";
import { problemOf } from "../problems.ts";
import { answerBrokenRequest } from "./errors.ts";
import { sendProblem } from "./replies.ts";

/** For Fastify's `http`: what Node would refuse without a word is let through, and refused by `answerOddRequests`. */
export const oddRequestOptions = { requireHostHeader: false } as const;

/**
 * Gives a problem document to requests that Node answers with an empty one, or none at all: HTTP/1.1 without a Host,
 * CONNECT, and expectations other than 100-continue.
 */
export function answerOddRequests(app: FastifyInstance): void {
  app.addHook("onRequest", ({ raw }, reply, done) => {
    const isNamed = raw.headers.host !== undefined || raw.httpVersion !== "1.1";
    if (isNamed) done();
    else sendProblem(reply, problemOf("badRequest"));
  });
  app.server.on("connect", (_request, socket) => answerBrokenRequest(new Error("no tunnels"), socket));
  app.server.on("checkExpectation", (_request, response) => {
    answerBrokenRequest(new Error("unknown expectation"), response.socket);
  });
}
