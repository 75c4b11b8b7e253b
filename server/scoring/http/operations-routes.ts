import type { FastifyInstance } from "fastify";
import type { ScoringMetrics } from "../metrics.ts";
import { problemWith } from "../problems.ts";
import { docsPage, docsPolicy } from "./docs-page.ts";
import { openApiDocument } from "./openapi.ts";
import { sendJson, sendProblem } from "./replies.ts";

export type OperationsParts = {
  /** what is missing before this server is ready */
  readonly missing: () => Promise<readonly string[]>;
  readonly metrics: ScoringMetrics;
};

/** Health, metrics and the description of the API: open to everyone, and free of anything that callers sent. */
export function registerOperationsRoutes(app: FastifyInstance, { missing, metrics }: OperationsParts): void {
  const document = openApiDocument();
  const json = JSON.stringify(document);
  const page = docsPage(document);

  app.get("/healthz", (_request, reply) => sendJson(reply, 200, '{"status":"up"}'));
  app.get("/readyz", async (_request, reply) => {
    const wanting = await missing();
    if (wanting.length === 0) return sendJson(reply, 200, '{"status":"ready"}');
    return sendProblem(reply, problemWith("unavailable", `Not ready. Missing: ${wanting.join(", ")}.`));
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  app.get("/v1/openapi.json", (_request, reply) => sendJson(reply, 200, json));
  app.get("/docs", (_request, reply) =>
    reply.type("text/html; charset=utf-8").header("content-security-policy", docsPolicy).send(page),
  );
}
