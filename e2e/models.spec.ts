import { expect, test } from "@playwright/test";
import { assay, signIn } from "./assay.ts";

test("a model owner reads a version and its features without a mouse, and the address keeps what is shown", async ({
  page,
}) => {
  await signIn(page, "admin");
  await page.goto(`${assay().pagesUrl}/models`);
  const versions = page.getByRole("table", { name: /Model versions/ });
  await versions.getByRole("row", { name: /champion/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/models\/1$/);
  await expect(page.getByRole("heading", { level: 1, name: /Version 1/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Configurations tried" })).toContainText("Rules baseline");
  await expect(page.getByRole("table", { name: "Results by group of payments" })).toBeVisible();

  await page.getByRole("link", { name: /of the set default/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Features" })).toBeVisible();
  await expect(page).toHaveURL(/set=default/);
  await page.getByLabel("Entity").selectOption({ label: "Merchant" });
  await page.getByRole("searchbox", { name: "Search features" }).fill("fraud rate 7d");
  await expect(page).toHaveURL(/entity=merchant/);
  await expect(page).toHaveURL(/q=fraud/);
  const features = page.getByRole("table", { name: "Features of the set" });
  await expect(features).toContainText("merchant_fraud_rate_7d");
  await expect(features).not.toContainText("customer_count_1h");

  await features.getByRole("row", { name: /merchant_fraud_rate_7d/ }).focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("How it is computed");
  await expect(drawer).toContainText("S: payments i of the same merchant");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await page.reload();
  await expect(features).not.toContainText("customer_count_1h");
});

test("a model owner sets what asks for trainings, and it stays", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto(`${assay().pagesUrl}/models`);
  await page.getByRole("button", { name: "Retraining" }).click();
  await expect(page).toHaveURL(/tab=retraining/);
  const form = page.getByRole("form", { name: "Retraining settings" });
  await form.getByLabel("Schedule").selectOption({ label: "Every week" });
  await form.getByLabel("On", { exact: true }).selectOption({ label: "Sunday" });
  await form.getByLabel(/New mature labels/).fill("0");
  await expect(form.getByText("A whole number from 1 on, or nothing")).toBeVisible();
  await form.getByLabel(/New mature labels/).fill("100000");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The retraining settings count from now on.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Schedule")).toHaveValue("week");
  await expect(page.getByText(/100,000 ask for one/)).toBeVisible();
  await page.getByLabel("Schedule").selectOption({ label: "No schedule" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("No time is set for it.")).toBeVisible();
});

test("a version's card can be kept, with what the gate said and how to make it again", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${assay().pagesUrl}/models/1`);
  await expect(page.getByText("Promotion gate")).toBeVisible();
  await expect(page.getByText("npm run train -- --from-manifest manifest.json")).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Manifest" }).click();
  expect((await saved).suggestedFilename()).toBe("manifest.json");
});

test("what is not there says so and leads on", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${assay().pagesUrl}/models/4711`);
  await expect(page.getByText("There is no version 4711")).toBeVisible();
  await page.goto(`${assay().pagesUrl}/models/features?set=default@000000000000`);
  await page.getByRole("link", { name: "Show the champion's features" }).click();
  await expect(page.getByRole("table", { name: "Features of the set" })).toBeVisible();
  await page.goto(`${assay().pagesUrl}/models?version=1`);
  await expect(page).toHaveURL(/\/models\/1$/);
});

test("a training compares methods only once they are a choice", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto(`${assay().pagesUrl}/models`);
  await page.getByRole("button", { name: "Train a new model" }).click();
  const start = page.getByRole("button", { name: "Start training" });
  await expect(start).toBeEnabled();
  await page.getByRole("checkbox", { name: "Under-sampling" }).uncheck();
  await expect(page.getByText("Choose at least one way")).toBeVisible();
  await expect(start).toBeDisabled();
  await page.getByRole("checkbox", { name: "Class weights" }).check();
  await expect(start).toBeEnabled();
});
