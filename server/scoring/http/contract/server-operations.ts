import { jsonAnswer, textAnswer, unavailableAnswer } from "./answers.ts";
import type { Answers, OpenApiDocument, Operation } from "./openapi-types.ts";

type Words = Pick<Operation, "operationId" | "summary" | "description">;

const open = (words: Words, responses: Answers): { get: Operation } => ({
  get: { ...words, tags: ["Server"], security: [], responses },
});

/** What operators and developers call, without a key. */
export const serverPaths: OpenApiDocument["paths"] = {
  "/healthz": open(
    { operationId: "health", summary: "Is the process up", description: "For a supervisor or orchestrator." },
    { 200: jsonAnswer("The process answers.", "Health", { status: "up" }) },
  ),
  "/readyz": open(
    {
      operationId: "readiness",
      summary: "Can it decide with a model",
      description: "For a load balancer. Names what is missing: database, feature state, champion.",
    },
    {
      200: jsonAnswer("It can.", "Health", { status: "ready" }),
      503: unavailableAnswer("Not yet, or not now; the detail names what is missing.", ["unavailable"]),
    },
  ),
  "/metrics": open(
    {
      operationId: "metrics",
      summary: "Metrics",
      description: "Prometheus text. No label holds anything that a caller sent.",
    },
    { 200: textAnswer("The metrics.", "text/plain") },
  ),
  "/v1/openapi.json": open(
    { operationId: "openapi", summary: "This description, for programs", description: "OpenAPI 3.1." },
    {
      200: {
        ...textAnswer("The document.", "application/json"),
        content: {
          "application/json": { schema: { type: "object", required: ["openapi", "info", "paths"] } },
        },
      },
    },
  ),
  "/docs": open(
    {
      operationId: "docs",
      summary: "This description, for people",
      description: "One page that needs neither network nor script.",
    },
    {
      200: textAnswer("The page.", "text/html", {
        "Content-Security-Policy": {
          description: "Nothing is loaded from anywhere.",
          required: true,
          schema: { type: "string", pattern: "^default-src 'none'" },
        },
      }),
    },
  ),
};
