import { expect, test } from "@playwright/test";
import { accessibilityFindings } from "./accessibility.ts";
import { assay, callScoring, paymentNow, signIn } from "./assay.ts";

test("a lead writes a rule, tests it, lets it decide, and the next payment follows it", async ({ page }) => {
  await signIn(page, "lead");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { name: "Rules", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Add a rule" }).click();
  const editor = page.getByRole("dialog");
  await editor.getByLabel("Name").fill("Journey customers");
  const condition = editor.getByLabel("When");
  await condition.fill('custmerId = "cus_rule_journey"');
  await expect(editor.getByText("Did you mean customerId?")).toBeVisible();
  await expect(editor.getByRole("button", { name: "Save in the draft" })).toBeDisabled();
  await condition.fill('customerId = "cus_rule_journey"');
  await editor.getByLabel("Then").selectOption({ label: "At least review" });
  await editor.getByLabel("Status").selectOption({ label: "Active" });
  expect(await accessibilityFindings(page)).toEqual([]);
  await editor.getByRole("button", { name: /Test on the last/ }).click();
  await expect(editor.getByText(/None of the newest|would change|no recent decision/)).toBeVisible();
  await editor.getByRole("button", { name: "Save in the draft" }).click();
  await expect(editor).toBeHidden();

  await expect(page.getByText("1 added")).toBeVisible();
  await page.getByRole("button", { name: "Activate…" }).click();
  await page.getByRole("button", { name: "Activate these rules" }).click();
  await expect(page.getByText(/1 rule in force/)).toBeVisible();

  let payments = 0;
  await expect(async () => {
    const payment = { ...paymentNow(`pay_rule_${payments++}`), customerId: "cus_rule_journey" };
    const { body } = await callScoring("/v1/score", payment);
    expect(body).toMatchObject({
      outcome: "review",
      rules: [{ name: "Journey customers", outcome: "review" }],
    });
  }).toPass({ timeout: 10_000 });
  await page.reload();
  const table = page.getByRole("table", { name: "Rules in their order" });
  await expect(table.getByRole("row", { name: /Journey customers/ })).toContainText(/[1-9]/);

  await table.getByRole("row", { name: /Journey customers/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/rule=/);
  await page.getByRole("button", { name: "Remove the rule" }).click();
  await expect(page.getByText("1 removed")).toBeVisible();
  await page.getByRole("button", { name: "Discard the draft" }).click();
  await expect(table.getByRole("row", { name: /Journey customers/ })).toBeVisible();
});

test("a lead blocks a device and takes it off again; an analyst may only look", async ({ page, browser }) => {
  await signIn(page, "lead");
  await page.goto(`${assay().pagesUrl}/rules?tab=block`);
  await page.getByRole("button", { name: "Add to the block list" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Kind").selectOption({ label: "Card" });
  await form.getByLabel("Value").fill("4111111111111111");
  await form.getByLabel("Why").fill("seen in card testing");
  await form.getByRole("button", { name: "Add to the block list" }).click();
  await expect(form.getByText("looks like a card number; use its token")).toBeVisible();
  await form.getByLabel("Kind").selectOption({ label: "Device" });
  await form.getByLabel("Value").fill("dev_journey_blocked");
  await form.getByRole("button", { name: "Add to the block list" }).click();
  const entries = page.getByRole("table", { name: "Entries of the block list" });
  await expect(entries).toContainText("dev_journey_blocked");
  expect(await accessibilityFindings(page)).toEqual([]);

  let payments = 0;
  const outcome = async (): Promise<unknown> => {
    const payment = { ...paymentNow(`pay_blocked_${payments++}`), deviceId: "dev_journey_blocked" };
    return (await callScoring("/v1/score", payment)).body;
  };
  await expect(async () => {
    expect(await outcome()).toMatchObject({ outcome: "decline", rules: [{ name: "Block list: device" }] });
  }).toPass({ timeout: 10_000 });
  await entries.getByRole("button", { name: "Remove dev_journey_blocked" }).click();
  await page.getByRole("button", { name: "Take it off" }).click();
  await expect(page.getByText("Nothing is on this list")).toBeVisible();
  await expect(async () => expect(await outcome()).toMatchObject({ rules: [] })).toPass({ timeout: 10_000 });

  const other = await browser.newPage();
  await signIn(other, "analyst");
  await other.goto(`${assay().pagesUrl}/rules?tab=block`);
  await expect(other.getByRole("button", { name: "Add to the block list" })).toBeDisabled();
  await other.close();
});
