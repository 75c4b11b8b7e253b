import { expect, test } from "@playwright/test";
import { accessibilityFindings } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

const pages = [
  "",
  "queue",
  "transactions",
  "performance",
  "costs",
  "drift",
  "models",
  "models/1",
  "models/features",
  "models/features?feature=amount",
  "rules",
  "rules?tab=allow",
  "alerts",
  "alerts?tab=rules",
  "audit",
  "settings",
  "settings?tab=webhooks",
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`every page shows its heading, without errors or findings of axe, in ${colorScheme}`, async ({
    browser,
  }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await signIn(page, "admin");
    for (const path of pages) {
      await page.goto(`${assay().pagesUrl}/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[data-skeleton]")).toHaveCount(0);
      expect(await accessibilityFindings(page), path).toEqual([]);
      expect(errors.map((error) => `${path}: ${error}`)).toEqual([]);
    }
    await context.close();
  });
}

test("the essential is there at 390 px, without scrolling sideways", async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await signIn(page, "admin");
  for (const path of pages) {
    await page.goto(`${assay().pagesUrl}/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
  await page.close();
});
