import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { docsPage, docsPolicy } from "./docs-page.ts";
import { openApiDocument } from "./openapi.ts";

const document = openApiDocument();
const page = docsPage(document);

test("every operation and schema has its place, and the contents lead there", () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    expect(page).toContain(path);
    for (const { operationId } of Object.values(methods)) {
      expect(page).toContain(`id="${operationId}"`);
      expect(page).toContain(`href="#${operationId}"`);
    }
  }
  for (const name of Object.keys(document.components.schemas)) expect(page).toContain(`id="${name}"`);
});

test("every link within the page leads somewhere, and no place is named twice", () => {
  const places = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(places).size).toBe(places.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(places).toContain(target);
});

test("the page asks nothing of the network and runs nothing", () => {
  expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(| style="| on\w+="/);
});

test("the policy lets in the page's own style alone", () => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
  expect(docsPolicy).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
  expect(docsPolicy).toMatch(/^default-src 'none';/);
  expect(docsPolicy).not.toContain("unsafe");
});

test("every operation shows the command that calls it", () => {
  expect(page).toContain("curl -sS &quot;$ASSAY/v1/transactions/pay_1001&quot;");
  expect(page.match(/curl -sS /g)).toHaveLength(9);
});

test("fields tell their type, their limits and whether they are required", () => {
  const row = (field: string): string =>
    new RegExp(`<tr><th scope="row"><code>${field}</code>[\\s\\S]*?</tr>`).exec(page)?.[0] ?? "";
  expect(row("amountMinor")).toMatch(/required.*integer.*0 or more/s);
  expect(row("latitude")).toMatch(/optional.*number.*-90 to 90/s);
  expect(row("attributes")).toMatch(
    /object of number or string or boolean.*up to 256 names.*1 to 64.*1,024/s,
  );
  expect(row("id")).toMatch(/1 to 128 characters.*at least one letter/s);
  expect(row("reasons\\[\\]\\.code")).toMatch(/required.*string/s);
});

test("what stands in the document cannot become markup", () => {
  const info = { ...document.info, title: "<script>alert(1)</script>", description: "\"'&" };
  const changed = docsPage({ ...document, info });
  expect(changed).not.toContain("<script>");
  expect(changed).toContain("&lt;script&gt;");
  expect(changed).toContain("&quot;&#39;&amp;");
});
