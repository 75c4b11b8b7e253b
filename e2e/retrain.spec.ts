import { expect, test } from "@playwright/test";
import { assay, callScoring, paymentNow, signIn } from "./assay.ts";

test("retrain, compare, promote, score again without a restart, roll back", async ({ page }) => {
  test.setTimeout(300_000);
  const before = await callScoring("/v1/score", paymentNow("pay_before_promotion"));
  expect(before.status).toBe(200);

  await signIn(page, "admin");
  await page.goto(`${assay().pagesUrl}/models`);
  await page.getByRole("button", { name: "Train a new model" }).click();
  for (const family of ["Neural network", "Gradient boosting"])
    await page.getByRole("checkbox", { name: family }).uncheck();
  await page.getByRole("button", { name: "Start training" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  const promote = page.getByRole("button", { name: "Promote…" }).first();
  await expect(promote).toBeVisible({ timeout: 240_000 });

  await promote.click();
  // Two models of one recipe: the gate, which asks for savings beyond chance, may hold the second back.
  const reason = page.getByRole("textbox", { name: /Why promote/ });
  await expect(page.getByRole("button", { name: /^Promote version 2$/ })).toBeVisible();
  if (await reason.isVisible()) await reason.fill("To see it decide.");
  await page.getByRole("button", { name: /^Promote version 2$/ }).click();
  await expect(page.getByText(/Version 2,/)).toBeVisible();
  await expect
    .poll(
      async () =>
        (await callScoring("/v1/score", paymentNow(`pay_after_${Date.now().toString(36)}`))).body
          .modelVersion,
    )
    .not.toBe(before.body.modelVersion);

  await page.getByRole("button", { name: "Roll back…" }).click();
  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  await expect
    .poll(
      async () =>
        (await callScoring("/v1/score", paymentNow(`pay_back_${Date.now().toString(36)}`))).body.modelVersion,
    )
    .toBe(before.body.modelVersion);
});

test("a challenger decides for some customers, and is stopped, each with a reason", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto(`${assay().pagesUrl}/models/2`);
  await page.getByRole("button", { name: "Score in shadow" }).click();
  await page.getByRole("button", { name: "Start a canary…" }).click();
  await page.getByLabel("Customers it decides for, in %").fill("50");
  await page.getByLabel("Why").fill("To see it live.");
  await page.getByRole("button", { name: "Let it decide for 50 % of customers" }).click();
  await expect(page.getByText(/Version 2 decides for 50 % of customers: /)).toBeVisible();
  // Half of all customers are drawn: of forty at least one is, and one is not.
  await expect
    .poll(
      async () => {
        const answers = await Promise.all(
          Array.from({ length: 40 }, (_, i) => {
            const payment = {
              ...paymentNow(`pay_canary_${Date.now().toString(36)}_${i}`),
              customerId: `cus_canary_${i}`,
            };
            return callScoring("/v1/score", payment);
          }),
        );
        return new Set(answers.map(({ body }) => body.modelVersion)).size;
      },
      { timeout: 15_000 },
    )
    .toBe(2);

  await page.getByRole("button", { name: "Stop…" }).click();
  await page.getByLabel("Why").fill("Seen enough.");
  await page.getByRole("button", { name: "Stop the canary" }).click();
  await expect(page.getByText("Version 2 decided for 50 % of customers.")).toBeVisible();
  await page.getByRole("button", { name: "Stop scoring in shadow" }).click();
  await expect(page.getByRole("button", { name: "Score in shadow" })).toBeVisible();
});

test("an analyst can look at models but neither train nor promote", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto(`${assay().pagesUrl}/models`);
  await expect(page.getByRole("button", { name: "Train a new model" })).toBeDisabled();
});
