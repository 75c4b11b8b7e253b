import { expect, test } from "@playwright/test";
import { accessibilityFindings } from "./accessibility.ts";
import { assay } from "./assay.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`the API's page in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("is styled by its own policy, asks for nothing else, and has no findings of axe", async ({
      page,
    }) => {
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(`${assay().scoringUrl}/docs`);
      await expect(page.getByRole("heading", { level: 1, name: "Assay scoring API" })).toBeVisible();
      const nav = page.getByRole("navigation", { name: "Contents" });
      expect(await nav.evaluate((element) => getComputedStyle(element).position)).toBe("sticky");
      expect(asked.filter((url) => !url.endsWith("/favicon.ico"))).toEqual([`${assay().scoringUrl}/docs`]);
      expect(complaints.filter((text) => /content security policy/i.test(text))).toEqual([]);
      expect(await accessibilityFindings(page)).toEqual([]);
    });
  });
}

test("a developer finds an operation, its command, its answers and its fields without a mouse", async ({
  page,
}) => {
  await page.goto(`${assay().scoringUrl}/docs`);
  await page.getByRole("link", { name: "Record a label" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#recordLabel$/);
  const operation = page.getByRole("article", { name: "Record a label" });
  await expect(operation.getByText('curl -sS "$ASSAY/v1/labels"')).toBeInViewport();
  await operation.getByText("The transaction is not known.").first().click();
  await expect(operation.getByText("urn:assay:problem:not-found")).toBeVisible();
  await operation.getByRole("link", { name: "LabelRequest" }).click();
  await expect(
    page.getByRole("row", { name: /transactionId required string 1 to 128/ }).first(),
  ).toBeInViewport();
});

test("on a phone nothing is wider than the screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${assay().scoringUrl}/docs`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
