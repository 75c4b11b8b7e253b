import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { expect, type Page, test } from "@playwright/test";
import { accessibilityFindings } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

let receiver: Server;
let address: string;
const received: Received[] = [];

test.beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const at = receiver.address();
  address = `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}/assay`;
});
test.afterAll(() => {
  receiver.close();
});

async function addRule(page: Page, name: string): Promise<void> {
  await page.goto(`${assay().pagesUrl}/alerts?tab=rules`);
  await page.getByRole("button", { name: "Add a rule" }).click();
  const form = page.getByRole("dialog", { name: "Add a rule" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("When", { exact: true }).selectOption({ label: "Open cases" });
  await form.getByLabel("Limit").fill("0");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: name })).toBeVisible();
}

async function addEndpoint(page: Page): Promise<string> {
  await page.goto(`${assay().pagesUrl}/settings?tab=webhooks`);
  await page.getByRole("button", { name: "Add an endpoint" }).click();
  await page.getByLabel("Address").fill(address);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const secret = await page.getByRole("dialog").locator("code").textContent();
  await page.getByRole("button", { name: "I have it" }).click();
  return secret ?? "";
}

function isSigned(secret: string, { headers, body }: Received): boolean {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

test("a rule that fires is told by a signed webhook, looked after and silenced by keyboard", async ({
  page,
}) => {
  await signIn(page, "admin");
  const secret = await addEndpoint(page);
  const name = `Cases wait ${Date.now().toString(36)}`;
  await addRule(page, name);
  const told = (): Received | undefined => received.find(({ body }) => body.includes(name));
  await expect.poll(() => told() !== undefined, { timeout: 60_000 }).toBe(true);
  const message = told();
  if (message === undefined) throw new Error("no webhook came");
  expect(isSigned(secret, message)).toBe(true);
  expect(JSON.parse(message.body)).toMatchObject({ type: "alert.raised", data: { title: name } });

  await page.keyboard.press("g");
  await page.keyboard.press("l");
  const row = page
    .getByRole("list", { name: "Alerts", exact: true })
    .getByRole("listitem")
    .filter({ hasText: name });
  await expect(row.getByText("Open")).toBeVisible();
  await row.getByRole("button").click();
  await expect(page.getByRole("heading", { name: new RegExp(name) })).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.keyboard.press("a");
  await expect(row.getByText("Looked after")).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByText("Silent until")).toBeVisible();
  await page.keyboard.press("r");
  await expect(row).toHaveCount(0);

  await page.goto(`${assay().pagesUrl}/settings?tab=webhooks`);
  await expect(page.getByRole("cell", { name: "Delivered" }).first()).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  const before = received.length;
  await page.getByRole("button", { name: "Send alert.raised again" }).first().click();
  await expect.poll(() => received.length, { timeout: 30_000 }).toBeGreaterThan(before);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`alerts, their rules and webhooks are without findings of axe and fit a phone, in ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await signIn(page, "admin");
    for (const path of [
      "alerts",
      "alerts?tab=resolved",
      "alerts?tab=rules",
      "alerts?tab=rules&rule=new",
      "settings?tab=webhooks",
    ]) {
      await page.goto(`${assay().pagesUrl}/${path}`);
      await expect(page.locator("[data-skeleton]")).toHaveCount(0);
      await expect(page.getByText("This could not be loaded")).toHaveCount(0);
      expect(await accessibilityFindings(page), path).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
}

test("an analyst reads alerts and changes none", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${assay().pagesUrl}/alerts?tab=rules`);
  await expect(page.getByRole("list", { name: "Rules of alerts" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a rule" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Switch off/ })).toHaveCount(0);
});
