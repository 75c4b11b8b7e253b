import { expect, type Page, test } from "@playwright/test";
import { accessibilityFindings } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Keys count only once the page has come alive, so they are pressed until they do. */
async function openQueue(page: Page): Promise<void> {
  await expect(async () => {
    await press(page, "g", "q");
    await expect(page).toHaveURL(/\/queue/, { timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("heading", { name: "Queue", level: 1 })).toBeVisible();
  await expect(page.locator("tbody [data-row]").first()).toBeVisible();
}

/** Waits until what was asked for with the last keys is shown. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`an analyst filters, orders and opens cases by keyboard alone, in ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await signIn(page, "analyst");
    await openQueue(page);
    await press(page, "1");
    await expect(page).toHaveURL(/queue=/);
    await press(page, "o", "d");
    await expect(page).toHaveURL(/order=due/);
    await expect(page.getByRole("columnheader", { name: /Due/ })).toHaveAttribute("aria-sort", "ascending");
    await settled(page);
    expect(await accessibilityFindings(page)).toEqual([]);

    await press(page, "j", "j", "k");
    const first = page.locator("tbody [data-row]").first();
    await expect(first).toBeFocused();
    await press(page, "x");
    await expect(page.getByText(/^1 case selected/)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Assign…/ })).toHaveCount(0);
    await press(page, "Escape");
    await expect(page.getByText(/^1 case selected/)).toHaveCount(0);

    await press(page, "Enter");
    await expect(page).toHaveURL(/\/cases\//);
    await page.goBack();
    await expect(page).toHaveURL(/order=due.*row=/);
    await expect(page.locator("tbody [data-row]").first()).toBeVisible();
    await press(page, "n");
    await expect(page).toHaveURL(/\/cases\//);
    await context.close();
  });
}

test("a lead assigns several cases by keyboard, sees what it will do, and undoes it", async ({ page }) => {
  await signIn(page, "lead");
  await openQueue(page);
  await press(page, "j", "j", "x", "J", "J");
  await expect(page.getByText(/^3 cases selected/)).toBeVisible();
  await press(page, "a");
  const dialog = page.getByRole("dialog", { name: "Assign cases" });
  await expect(dialog.getByLabel("To whom")).toBeFocused();
  await dialog.getByLabel("To whom").selectOption({ label: "Ana Lyst" });
  await expect(dialog.getByText(/^[1-3] cases? will be assigned: /)).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await press(page, "Tab", "Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/cases? (is|are) assigned\./)).toBeVisible();
  await expect(page.getByText("Ana Lyst: has it by assignment").first()).toBeAttached();
  await expect(page.locator("tbody [data-row]:focus")).toHaveCount(1);

  await press(page, "z");
  await expect(page.getByText(/^Undone: /)).toBeVisible();
  await expect(page.getByText("Ana Lyst: has it by assignment")).toHaveCount(0);
});

test("a view is saved under a name, and its link shows the same to others", async ({ page, browser }) => {
  await signIn(page, "lead");
  await openQueue(page);
  await press(page, "o", "a");
  await expect(page).toHaveURL(/order=amount/);
  await press(page, "v");
  await expect(page.getByLabel("Save what is shown as")).toBeFocused();
  await page.keyboard.type("Large amounts");
  await press(page, "Enter");
  const view = page.getByRole("button", { name: /^Large amounts/ });
  await expect(view).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await press(page, "Escape");

  const other = await browser.newPage();
  await signIn(other, "analyst");
  await other.goto(page.url());
  await expect(other.getByRole("columnheader", { name: /Amount/ })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await other.goto(assay().pagesUrl);
  await expect(other.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await openQueue(other);
  await press(other, "v");
  await expect(other.getByText("No view is saved yet.", { exact: false })).toBeVisible();
  await other.close();
});

test("an amount is asked for in a currency, and leads see what each of the team did today", async ({
  page,
}) => {
  await signIn(page, "lead");
  await openQueue(page);
  await page.getByRole("button", { name: /^More filters/ }).click();
  await expect(page.getByLabel("Amount from")).toBeDisabled();
  await page.getByLabel("Currency").selectOption("EUR");
  await page.getByLabel("Amount from, EUR").fill("10.50");
  await expect(page).toHaveURL(/currency=EUR.*min=1050|min=1050.*currency=EUR/);
  await settled(page);
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Team" }).click();
  const team = page.getByRole("dialog", { name: "Team" });
  await expect(team.getByRole("columnheader", { name: "Closed today" })).toBeVisible();
  await expect(team.getByRole("row", { name: /Ana Lyst/ })).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await press(page, "Escape");
  await expect(page.getByRole("button", { name: "Team" })).toBeFocused();
});

test("a row that somebody else takes is marked in place, and nothing moves", async ({ page, browser }) => {
  await signIn(page, "lead");
  await openQueue(page);
  const rows = page.locator("tbody [data-row]");
  const before = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-row")));

  const other = await browser.newPage();
  await signIn(other, "analyst");
  await openQueue(other);
  await press(other, "n");
  await expect(other).toHaveURL(/\/cases\//);
  const taken = other.url().split("/cases/")[1]?.split("?")[0] ?? "";
  await expect(page.locator(`[data-row="${taken}"]`)).toContainText("Ana Lyst");
  await press(other, "f");
  await expect(page.locator(`[data-row="${taken}"]`)).toContainText("Fraud, Ana Lyst");
  expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-row")))).toEqual(before);
  await other.close();
});

test("the queue works at 390 px", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await signIn(page, "analyst");
  await page.goto(`${assay().pagesUrl}/queue`);
  await expect(page.locator("tbody [data-row]").first()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  await page
    .locator("tbody [data-row]")
    .first()
    .click({ position: { x: 200, y: 60 } });
  await expect(page).toHaveURL(/\/cases\//);
  await context.close();
});
