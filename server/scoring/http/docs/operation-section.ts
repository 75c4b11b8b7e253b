import type { Answer, MediaType, Operation, Schema } from "../contract/openapi-types.ts";
import { type Html, html } from "./html.ts";

/** One operation: what it does, a curl line, the body, and every answer. */
export function operationSection(method: string, path: string, operation: Operation): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const answers = Object.entries(responses).map(([status, answer]) => answerBlock(status, answer));
  return html`<article aria-labelledby="${operationId}">
<h3 id="${operationId}">${summary}</h3>
<p class="address">${methodBadge(method)} <code>${path}</code> ${scopeNote(operation)}</p>
<p>${description}</p>
${parameters.map(
  ({ name, description: words }) => html`<p><code>${name}</code> in the address: ${words}</p>`,
)}
<h4>Try it</h4>${codeBlock(`curl of ${operationId}`, curlOf(method, path, operation))}
${requestBody === undefined ? null : html`<h4>Body</h4><p>${requestBody.description} ${schemaLink(requestBody.content)}</p>`}
<h4>Answers</h4>${answers}</article>`;
}

function methodBadge(method: string): Html {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`;
}

/** The command that makes this request with the example body. */
function curlOf(method: string, path: string, { security, parameters = [], requestBody }: Operation): string {
  const address = parameters.reduce((text, { name, example }) => text.replace(`{${name}}`, example), path);
  const body = firstExample(requestBody?.content);
  const lines = [`curl -sS "$ASSAY${address}"`];
  if (security.length > 0) lines.push('-H "authorization: Bearer $ASSAY_KEY"');
  if (method === "post") lines.push("-H 'content-type: application/json'");
  if (body !== undefined) lines.push(`-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`);
  return lines.join(" \\\n  ");
}

function answerBlock(status: string, { description, headers = {}, content = {} }: Answer): Html {
  const told = Object.entries(headers).filter(([name]) => name !== "X-Content-Type-Options");
  const headerLines = told.map(
    ([name, header]) => html`<p>Header <code>${name}</code>: ${header.description}</p>`,
  );
  const bodies = Object.entries(content).map(([type, media]) => mediaBlock(status, type, media));
  const open = status.startsWith("2") && firstExample(content) !== undefined ? html` open` : null;
  return html`<details${open}><summary><span class="status s${status.slice(0, 1)}">${status}</span> ${description}</summary>
${headerLines}${bodies}</details>`;
}

function mediaBlock(status: string, type: string, media: MediaType): Html {
  const shown = Object.values(media.examples ?? {}).map(({ value }, i) =>
    codeBlock(`Example ${i + 1} of ${status}`, JSON.stringify(value, null, 2)),
  );
  return html`<p><code>${type}</code> ${schemaLink({ [type]: media })}</p>${shown}`;
}

function schemaLink(content: Readonly<Record<string, MediaType>>): Html | null {
  const schema: Schema = Object.values(content)[0]?.schema ?? {};
  if (typeof schema.$ref !== "string") return null;
  const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  return html`<a href="#${name}">${name}</a>`;
}

function firstExample(content: Readonly<Record<string, MediaType>> | undefined): unknown {
  const [media] = Object.values(content ?? {});
  return Object.values(media?.examples ?? {})[0]?.value;
}

function scopeNote({ security }: Operation): Html {
  return security.length === 0
    ? html`<span class="note">no key needed</span>`
    : html`<span class="note">API key</span>`;
}

/** Wide lines scroll, and so can be reached by keyboard. */
export function codeBlock(label: string, text: string): Html {
  return html`<pre tabindex="0" role="group" aria-label="${label}"><code>${text}</code></pre>`;
}
