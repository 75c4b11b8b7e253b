import { expect, test } from "@playwright/test";
import { assay, signIn } from "./assay.ts";

test("an analyst reviews a case by keyboard alone, and the verdict counts as a label", async ({ page }) => {
  await signIn(page, "analyst");
  await page.keyboard.press("g");
  await page.keyboard.press("q");
  await expect(page).toHaveURL(/\/queue/);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/cases\//);
  const reviewed = page.url();
  await expect(page.getByRole("heading", { name: /Why it|Your own judgement/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Fraud/ })).toBeEnabled();

  await page.keyboard.press("f");
  await expect(page).not.toHaveURL(reviewed);
  await expect(page).toHaveURL(/\/cases\//);

  await page.goto(reviewed);
  await expect(page.getByText(/Fraud/).first()).toBeVisible();
  await page.goto(assay().pagesUrl);
  await expect(page.getByText(/[1-9]\d* by analyst/)).toBeVisible();
});

test("a verdict given by mistake is undone", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${assay().pagesUrl}/queue`);
  await page.getByRole("button", { name: /Next case/ }).click();
  await expect(page).toHaveURL(/\/cases\//);
  const reviewed = page.url();
  await page.getByRole("button", { name: /Legitimate/ }).click();
  await expect(page).not.toHaveURL(reviewed);
  await page.keyboard.press("z");
  await expect(page).toHaveURL(reviewed);
  await expect(page.getByRole("button", { name: /Legitimate/ })).toBeEnabled();
});

test("who is not signed in sees the sign-in page, and a wrong password says so", async ({ page }) => {
  await page.goto(`${assay().pagesUrl}/queue`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("E-mail").fill("analyst@demo.assay");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "don't match" })).toBeVisible();
});
