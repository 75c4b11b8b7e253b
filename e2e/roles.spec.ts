import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

/** Names that an earlier run of the journeys on the same database did not take. */
const run = Date.now().toString(36);

/** A page of a browser context of its own, signed in; axe needs the context. */
async function openAs(browser: Browser, role: "analyst" | "lead" | "admin"): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await signIn(page, role);
  return page;
}

async function goBy(page: Page, key: string, heading: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(key);
  await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
}

/** Says whether block-listing needs a second person. */
async function blockListingNeedsTwo(lead: Page, isOn: boolean): Promise<void> {
  await lead.goto(`${assay().pagesUrl}/settings?tab=review`);
  const box = lead.getByRole("checkbox", { name: "Putting something on the block list" });
  await expect(box).toBeEnabled();
  if ((await box.isChecked()) === isOn) return;
  await box.focus();
  await lead.keyboard.press("Space");
  await lead.getByRole("button", { name: "Save" }).focus();
  await lead.keyboard.press("Enter");
  await expect(lead.getByText("The review settings count from now on.")).toBeVisible();
}

test("an analyst sees what the role may, read-only where it may not change, and is refused elsewhere", async ({
  browser,
}) => {
  const page = await openAs(browser, "analyst");
  await expect(page.getByRole("link", { name: "Audit" })).toHaveCount(0);
  await page.goto(`${assay().pagesUrl}/audit`);
  await expect(page.getByText("This page is not for your role")).toBeVisible();
  await expectAccessible(page);

  await goBy(page, "s", "Settings");
  await expect(page.getByRole("button", { name: "Keys" })).toHaveCount(0);
  await page.getByRole("button", { name: "Review", exact: true }).click();
  await expect(page).toHaveURL(/tab=review/);
  await expect(page.getByLabel(/Opening a case keeps it/)).toBeDisabled();
  await page.getByRole("button", { name: "Queues" }).click();
  await expect(page.getByRole("button", { name: "Create a queue" })).toBeDisabled();
  await page.goBack();
  await expect(page).toHaveURL(/tab=review/);

  const answer = await page.request.post(`${assay().pagesUrl}/api/trpc/queue.archive`, { data: {} });
  expect(answer.status()).toBe(403);
  await page.context().close();
});

test.afterEach(async ({ browser }, { title }) => {
  if (!title.startsWith("a change that needs two people")) return;
  const lead = await openAs(browser, "lead");
  await blockListingNeedsTwo(lead, false);
  await lead.context().close();
});

test("a change that needs two people waits for the second, who answers by keyboard; never for who asked", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const lead = await openAs(browser, "lead");
  const admin = await openAs(browser, "admin");
  await blockListingNeedsTwo(lead, true);
  const value = `cus_two_people_${run}`;
  const entry = { list: "block", kind: "customer", value, reason: "Stolen cards", expiresAt: null };
  const asked = await lead.request.post(`${assay().pagesUrl}/api/trpc/list.add`, { data: entry });
  const { status, approvalId } = (await asked.json()).result.data;
  expect(status).toBe("pending_approval");

  await goBy(lead, "v", "Approvals");
  await lead.goto(`${assay().pagesUrl}/approvals?approval=${approvalId}`);
  await expect(lead.getByText("You asked for this yourself; somebody else has to answer.")).toBeVisible();
  await expect(lead.getByRole("button", { name: /^Approve/ })).toBeDisabled();

  await admin.reload();
  await expect(admin.getByRole("link", { name: /Approvals.*wait for you/ })).toBeVisible();
  await goBy(admin, "v", "Approvals");
  await admin.goto(`${assay().pagesUrl}/approvals?approval=${approvalId}`);
  await expect(
    admin.getByRole("row", { name: new RegExp(`${value}.*not on the block list.*always declined`) }),
  ).toBeVisible();
  await expectAccessible(admin);
  await admin.keyboard.press("x");
  await expect(admin.getByText("Say why, then press Enter to reject")).toBeVisible();
  await admin.keyboard.type("Block the card instead");
  await admin.keyboard.press("Enter");
  await expect(admin.getByText(/Approval \d+: rejected/)).toBeVisible();
  await admin.getByRole("button", { name: "Answered" }).click();
  await expect(admin.getByText("“Block the card instead”").first()).toBeVisible();
  await expectAccessible(admin);
  await Promise.all([lead.context().close(), admin.context().close()]);
});

test("a lead makes a queue, moves it and archives it with the keyboard alone", async ({ browser }) => {
  test.setTimeout(120_000);
  const [one, two] = [`Journey one ${run}`, `Journey two ${run}`];
  const page = await openAs(browser, "lead");
  await page.goto(`${assay().pagesUrl}/settings?tab=queues`);
  for (const name of [one, two]) {
    await page.getByRole("button", { name: "Create a queue" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Name", { exact: true }).focus();
    await page.keyboard.type(name);
    await page.getByLabel("Countries").focus();
    await page.keyboard.type("XX");
    await page.keyboard.press("Enter");
    await expect(page.getByText(`The queue ${name} is saved.`)).toBeVisible();
  }
  const up = page.getByRole("button", { name: `Move ${two} up` });
  await up.focus();
  await page.keyboard.press("Enter");
  const names = page.getByRole("row").getByRole("cell", { name: new RegExp(`^Journey .*${run}`) });
  await expect(names).toHaveText([two, one]);
  await expect(
    page.getByRole("button", { name: new RegExp(`Move ${two}`) }).and(page.locator(":focus")),
  ).toBeVisible();
  await expectAccessible(page);
  for (const name of [one, two]) {
    await page.getByRole("row", { name: new RegExp(name) }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Archive" }).focus();
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog", { name: `Archive ${name}?` })
      .getByRole("button", { name: "Archive" })
      .focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(`The queue ${name} is archived.`)).toBeVisible();
  }
  await page.context().close();
});
