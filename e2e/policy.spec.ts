import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

/** A name that an earlier run of the journeys on the same database did not take. */
const name = `Half the analysts ${Date.now().toString(36)}`;

type Version = { readonly id: string; readonly number: number; readonly policy: { readonly name: string } };

async function inForce(page: Page): Promise<Version> {
  const answer = await page.request.get(`${assay().pagesUrl}/api/trpc/policy.active`);
  return (await answer.json()).result.data;
}

test("a lead drafts a policy, sees what it would have done, puts it in force and returns with a reason", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await signIn(page, "lead");
  await page.goto(`${assay().pagesUrl}/settings?tab=policy`);
  const before = await inForce(page);

  await page.getByRole("button", { name: "Draft a change" }).click();
  const editor = page.getByRole("dialog");
  await editor.getByLabel("Name").fill(name);
  await editor.getByLabel("Analysts").fill("2");
  await editor.getByRole("button", { name: "Add a segment" }).click();
  await editor.getByRole("button", { name: "Save as a draft" }).click();
  await expect(editor.getByText("A currency, a channel, or both")).toBeVisible();
  await editor.getByLabel("Channel").selectOption("transfer");
  await editor.getByRole("button", { name: "Save as a draft" }).click();
  await expect(page.getByText("it decides nothing yet")).toBeVisible();
  expect((await inForce(page)).id).toBe(before.id);

  await editor.getByRole("button", { name: "Compare with the policy in force" }).click();
  const comparison = editor.getByRole("region", { name: "Comparison" });
  await expect(comparison.getByText(/transfer: as the policy's/)).toBeVisible();
  await expect(comparison.getByRole("cell", { name: /^[€£$]/ }).first()).toBeVisible();
  await expectAccessible(page);
  await comparison.getByRole("button", { name: "Put in force" }).click();
  await expect(page.getByRole("heading", { name: new RegExp(name) })).toBeVisible();

  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: `${before.number}`, exact: true }) });
  await row.getByRole("button", { name: "Return to this" }).click();
  const returning = page.getByRole("dialog", { name: `Return to version ${before.number}?` });
  const go = returning.getByRole("button", { name: `Return to version ${before.number}` });
  await expect(go).toBeDisabled();
  await returning.getByLabel("Why?").fill("Tried out");
  await go.click();
  await expect(returning).toHaveCount(0);
  await expect.poll(async () => (await inForce(page)).policy.name).toBe(before.policy.name);
  await context.close();
});

test("costs tell what every threshold, model and segment costs, as tables too", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await signIn(page, "lead");
  for (const tab of ["thresholds", "simulator", "models", "segments"]) {
    await page.goto(`${assay().pagesUrl}/costs?tab=${tab}`);
    await expect(page.getByRole("button", { name: tab, pressed: true })).toBeVisible();
    await expectAccessible(page);
  }
  await context.close();
});
