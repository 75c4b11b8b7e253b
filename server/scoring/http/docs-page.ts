import { createHash } from "node:crypto";
import { problemKinds, problemOf } from "../problems.ts";
import type { OpenApiDocument, Operation } from "./contract/openapi-types.ts";
import { Html, html } from "./docs/html.ts";
import { codeBlock, operationSection } from "./docs/operation-section.ts";
import { pageStyle } from "./docs/page-style.ts";
import { schemaSection } from "./docs/schema-table.ts";

const styleHash = createHash("sha256").update(pageStyle).digest("base64");

/** Nothing is loaded and nothing runs; the one style sheet in the page is known by its hash. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

type Place = { readonly method: string; readonly path: string; readonly operation: Operation };

/** The API's description as one HTML page that needs nothing from anywhere. */
export function docsPage(document: OpenApiDocument): string {
  const places = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const chapters = document.tags.map(({ name, description }) => {
    const own = places.filter(({ operation }) => operation.tags.includes(name));
    return html`<h2 id="${anchor(name)}">${name}</h2><p>${description}</p>
${own.map(({ method, path, operation }) => operationSection(method, path, operation))}`;
  });
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title}</title><style>${new Html(pageStyle)}</style></head>
<body><div class="layout">${sidebar(document, places)}
<main><h1>${document.info.title}</h1><p class="lead">${document.info.description}</p>
${start()}${chapters}
<h2 id="errors">Errors</h2>${errorsTable()}
<h2 id="schemas">Schemas</h2>
${Object.entries(document.components.schemas).map(
  ([name, schema]) => html`<section class="schema">${schemaSection(name, schema)}</section>`,
)}</main></div></body></html>`;
  return page.text;
}

const anchor = (name: string): string => `chapter-${name.toLowerCase()}`;

function sidebar({ info, tags, components }: OpenApiDocument, places: readonly Place[]): Html {
  const chapters = tags.map(({ name }) => {
    const links = places
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`);
    return html`<h2>${name}</h2><ul>${links}</ul>`;
  });
  const schemas = Object.keys(components.schemas).map(
    (name) => html`<li><a href="#${name}">${name}</a></li>`,
  );
  return html`<nav aria-label="Contents"><p class="name">${info.title}</p>
<ul><li><a href="#start">Getting started</a></li></ul>${chapters}
<h2>Reference</h2><ul><li><a href="#errors">Errors</a></li><li><a href="/v1/openapi.json">OpenAPI document</a></li></ul>
<div class="schemas"><h2>Schemas</h2><ul>${schemas}</ul></div></nav>`;
}

function start(): Html {
  const lines = ["export ASSAY=http://localhost:3001", "export ASSAY_KEY=assay_…"].join("\n");
  return html`<h2 id="start">Getting started</h2>
<p>Make a key with <code>npm run key -- create NAME --scopes score,label</code> or on the Settings page, and send it as
<code>Authorization: Bearer KEY</code>. The commands on this page read two variables:</p>
${codeBlock("Variables", lines)}
<p>On 503, or on no answer at all, send the same body again: its id sees to it that it counts once. A body may have
1 MiB (8 MiB for a batch), nested 8 levels deep. An address that does not exist is a 404, a wrong method a 405 whose
<code>Allow</code> header names the right ones.</p>`;
}

/** Every kind of problem, in the order of its status. */
function errorsTable(): Html {
  const problems = problemKinds.map((kind) => problemOf(kind)).sort((a, b) => a.status - b.status);
  const rows = problems.map(
    ({ status, type, title, detail }) => html`<tr><th scope="row">${status}</th><td><code>${type}</code></td>
<td>${title}. ${detail}</td></tr>`,
  );
  return html`<p>Every error is <code>application/problem+json</code> (RFC 9457), see <a href="#Problem">Problem</a>.</p>
<div class="scroll" tabindex="0" role="group" aria-label="Kinds of problem"><table><thead><tr><th scope="col">Status</th>
<th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
