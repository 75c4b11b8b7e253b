import { outsideOperations } from "./contract/answers.ts";
import type { OpenApiDocument } from "./contract/openapi-types.ts";
import { apiSchemas } from "./contract/schemas.ts";
import { scoringPaths } from "./contract/scoring-operations.ts";
import { serverPaths } from "./contract/server-operations.ts";

/** The description of the HTTP API (OpenAPI 3.1), made from the schemas that check it. */
export function openApiDocument(): OpenApiDocument {
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Assay scoring API",
      version: "1",
      description:
        "Scores payments and takes labels. Money is whole minor units, times are ISO 8601 with an offset, errors are RFC 9457 problem documents. Card numbers never enter: send tokens.",
      license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "The server that this comes from" }],
    tags: [
      { name: "Scoring", description: "Payments in, decisions out." },
      { name: "Labels", description: "What payments turned out to be." },
      { name: "Server", description: "Health, metrics and this description. No key is needed." },
    ],
    paths: { ...scoringPaths, ...serverPaths },
    components: {
      schemas: apiSchemas(),
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "A key made by `npm run key -- create NAME [--scopes score,label]` or on the Settings page.",
        },
      },
    },
    "x-outside-operations": outsideOperations,
  };
}
