import type { OpenApiDocument, Operation } from "./openapi.ts";

/** The API's description as one HTML page that needs nothing from anywhere. */
export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationHtml(method, path, operation)),
  );
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<section id="${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3><pre>${json(schema)}</pre></section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(document.info.title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(document.info.title)}</h1><p>${escapeHtml(document.info.description)}</p>
<p>Send <code>Authorization: Bearer &lt;API key&gt;</code>. The same page for programs: <a href="/v1/openapi.json">/v1/openapi.json</a>.</p>
${operations.join("\n")}<h2>Schemas</h2>${schemas.join("\n")}</main></body></html>`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const body =
    operation.requestBody === undefined ? "" : `<h3>Body</h3><pre>${json(operation.requestBody)}</pre>`;
  const rows = Object.entries(operation.responses).map(
    ([status, { description }]) =>
      `<tr><th scope="row">${escapeHtml(status)}</th><td>${escapeHtml(description)}</td></tr>`,
  );
  return `<section><h2><code>${escapeHtml(method.toUpperCase())} ${escapeHtml(path)}</code> ${escapeHtml(operation.summary)}</h2>
<p>${escapeHtml(operation.description)}</p>${body}<h3>Answers</h3><table><tbody>${rows.join("")}</tbody></table></section>`;
}

function json(value: unknown): string {
  const text = escapeHtml(JSON.stringify(value, null, 2));
  return text.replace(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$&</a>');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#d8dbe0, #3a3f47); --block: light-dark(#f4f5f7, #1c1f24); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; } main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h3 { font-size: 1rem; } pre { background: var(--block); padding: .75rem 1rem; overflow: auto; font-size: .8rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem 1rem .25rem 0; vertical-align: top; }`;
