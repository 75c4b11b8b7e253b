import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

/** Draws so large a share of closed cases for a second review. */
async function drawShare(lead: Page, secondReviewShare: number): Promise<void> {
  const api = `${assay().pagesUrl}/api/trpc`;
  const read = await lead.request.get(`${api}/reviewSettings.get`);
  const expected = (await read.json()).result.data;
  const data = { settings: { ...expected, secondReviewShare }, expected };
  const answer = await lead.request.post(`${api}/reviewSettings.set`, { data });
  expect(answer.ok()).toBe(true);
}

test("a case that a lead closed is reviewed again, blind, by an analyst with the keyboard alone", async ({
  browser,
}) => {
  const lead = await (await browser.newContext()).newPage();
  const analyst = await (await browser.newContext()).newPage();
  await signIn(lead, "lead");
  await drawShare(lead, 1);
  await lead.goto(`${assay().pagesUrl}/queue`);
  await lead.getByRole("button", { name: /Next case/ }).click();
  await expect(lead).toHaveURL(/\/cases\//);
  const reviewed = lead.url();
  await expect(lead.getByRole("button", { name: /^✓?\s*Legitimate/ })).toBeEnabled();
  await lead.keyboard.press("l");
  await expect(lead).not.toHaveURL(reviewed);
  await drawShare(lead, 0);

  await signIn(analyst, "analyst");
  await analyst.keyboard.press("g");
  await analyst.keyboard.press("b");
  await expect(analyst.getByRole("heading", { name: "Second reviews", level: 1 })).toBeVisible();
  // A verdict that can still be undone is not reviewed yet.
  await expect(async () => {
    await analyst.keyboard.press("]");
    await expect(analyst.getByRole("toolbar", { name: "Second verdict" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
  const page = analyst.getByRole("main");
  for (const word of [/Score/, /Why it was scored so/, /Timeline/, /Lea Dean/, /closed as/i]) {
    await expect(page.getByText(word)).toHaveCount(0);
  }
  await expectAccessible(analyst);
  await analyst.keyboard.press("f");
  await expect(analyst.getByText("Recorded: fraud")).toBeVisible();
  await expect(analyst.getByText("No case waits for your second look")).toBeVisible();

  await lead.goto(reviewed);
  await expect(lead.getByText("second-opinion").first()).toBeVisible();
});

test("a lead reads how reviewing goes, an analyst only their own row", async ({ page, browser }) => {
  await signIn(page, "lead");
  await page.keyboard.press("g");
  await page.keyboard.press("y");
  await expect(page.getByRole("heading", { name: "Review quality", level: 1 })).toBeVisible();
  await expect(page.getByText("Cohen's kappa")).toBeVisible();
  await expect(page.getByText(/labels are there|of maturity|Too few labels/).first()).toBeVisible();
  await page.getByLabel("Days").selectOption({ label: "Last 30 days" });
  await expect(page).toHaveURL(/days=30/);
  await expectAccessible(page);

  const analyst = await (await browser.newContext()).newPage();
  await signIn(analyst, "analyst");
  await analyst.goto(`${assay().pagesUrl}/review-quality`);
  await expect(analyst.getByText("Your verdicts")).toBeVisible();
  await expect(analyst.getByText("Lea Dean")).toHaveCount(0);
  await expect(analyst.getByText("Cohen's kappa")).toHaveCount(0);
  await expectAccessible(analyst);
});
