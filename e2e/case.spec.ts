import { expect, type Locator, type Page, test } from "@playwright/test";
import { accessibilityFindings } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

/** Presses a key until it has its effect: a page that was just loaded shows before it listens. */
async function pressUntil(page: Page, key: string, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(shown).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
}

/** The next free case, as `]` gives it. */
async function openNext(page: Page): Promise<string> {
  await page.goto(`${assay().pagesUrl}/queue`);
  await page.getByRole("button", { name: /Next case/ }).click();
  await expect(page).toHaveURL(/\/cases\//);
  await expect(page.getByRole("button", { name: /^Fraud/ })).toBeEnabled();
  return page.url();
}

test("from the queue to a verdict with a reason and linked payments, by keyboard alone", async ({ page }) => {
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
  await expect(page.getByRole("button", { name: /^Fraud/ })).toBeEnabled();
  await expect(page.getByRole("link", { name: /^Customer \S+:/ }).first()).toBeVisible();

  const dialog = page.getByRole("dialog");
  await pressUntil(page, "u", dialog);
  await expect(dialog.getByLabel(/Why/)).toBeFocused();
  await page.keyboard.type("The customer was called");
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("button", { name: /^Fraud/ })).toBeEnabled();

  await pressUntil(page, "a", dialog);
  await expect(dialog.getByLabel(/Why/)).toHaveValue("The customer was called");
  await expect(dialog.getByLabel("All of them")).toBeVisible();
  for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(dialog.getByRole("checkbox").nth(1)).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Applied to 1 linked payment too/)).toBeVisible();
  await expect(page).not.toHaveURL(reviewed);

  await page.goto(reviewed);
  await expect(page.getByText(/^Closed as fraud by/).first()).toBeVisible();
  await expect(page.getByText("The customer was called").first()).toBeVisible();
});

test("a masked case shows no opinion of the model, and neither does what the server sends", async ({
  page,
}) => {
  await signIn(page, "analyst");
  const pagesUrl = assay().pagesUrl;
  const listed = await page.request.get(
    `${pagesUrl}/api/trpc/case.list?input=${encodeURIComponent(JSON.stringify({ limit: 100 }))}`,
  );
  const rows: { id: string; masked: boolean; score: number | null }[] = (await listed.json()).result.data
    .rows;
  const masked = rows.find((row) => row.masked);
  test.skip(masked === undefined, "no masked case was drawn");
  expect(masked?.score).toBeNull();
  await page.goto(`${pagesUrl}/cases/${masked?.id}`);
  await expect(page.getByRole("heading", { name: "Your own judgement" })).toBeVisible();
  const sent = await page.request.get(
    `${pagesUrl}/api/trpc/case.byId?input=${encodeURIComponent(JSON.stringify({ caseId: masked?.id }))}`,
  );
  const { data } = (await sent.json()).result;
  expect(data).toMatchObject({ hidden: true, score: null, expectedLossMinor: null, topReason: null });
  expect(data.decision.reasons).toEqual([]);
});

test("two people on one case: the second to act sees both versions and chooses", async ({
  page,
  browser,
}) => {
  await signIn(page, "analyst");
  const url = await openNext(page);
  const other = await browser.newPage();
  await signIn(other, "lead");
  await other.goto(url);
  await expect(other.getByText(/has this case until/)).toBeVisible();
  await other.getByLabel("Add a tag").fill("Seen by two");

  await page.reload();
  await expect(page.getByRole("button", { name: /^Fraud/ })).toBeEnabled();
  await other.getByLabel("Add a tag").press("Enter");
  await expect(other.getByRole("button", { name: "Take the tag seen-by-two off" })).toBeVisible();
  const dialog = page.getByRole("dialog");
  await pressUntil(page, "l", dialog);
  await expect(dialog.getByText(/changed while you looked at it/)).toBeVisible();
  await expect(dialog.getByText(/Close case \d+ as legitimate/)).toBeVisible();
  await expect(dialog.getByText(/Tagged seen-by-two by/)).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Do mine all the same" }).click();
  await expect(page).not.toHaveURL(url);
  await other.reload();
  await expect(other.getByText(/^Closed as legitimate by/).first()).toBeVisible();
  await other.close();
});

test("a case on paper holds the decision with its versions, and each export is audited", async ({ page }) => {
  await signIn(page, "lead");
  const url = await openNext(page);
  await page.goto(`${url}/print`);
  await expect(page.getByRole("heading", { level: 1, name: /^Case \d+/ })).toBeVisible();
  for (const told of ["Feature set", "Policy", "Model's hash", "Labels known when it was decided"]) {
    await expect(page.getByText(told, { exact: true })).toBeVisible();
  }
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("button", { name: /Print/ })).toBeHidden();
  await expect(page.getByRole("navigation")).toBeHidden();
  expect((await page.pdf({ format: "A4" })).byteLength).toBeGreaterThan(10_000);
  await page.goto(`${assay().pagesUrl}/audit`);
  await expect(page.getByText("case.export").first()).toBeVisible();
});

/** Opens what the menu of a case offers. */
async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("a case gets a file and is escalated; a lead holds it, resumes it and gives it to somebody", async ({
  page,
  browser,
}) => {
  await signIn(page, "analyst");
  const url = await openNext(page);
  await page.getByLabel("Add files").setInputFiles({
    name: "call.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("The customer knows nothing of it."),
  });
  await expect(page.getByRole("button", { name: "Download call.txt" })).toBeVisible();
  await choose(page, "Escalate");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What should they look at?").fill("A card that two customers share");
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Escalate" }).click();
  await expect(page.getByText(/^Case \d+ is escalated\.$/)).toBeVisible();

  const lead = await browser.newPage();
  await signIn(lead, "lead");
  await lead.goto(url);
  await expect(lead.getByText("▲ escalated")).toBeVisible();
  await expect(lead.getByRole("button", { name: "Download call.txt" })).toBeVisible();
  await expect(lead.getByRole("button", { name: /^Fraud/ })).toBeEnabled();
  await choose(lead, "Hold back");
  await lead.getByRole("dialog").getByLabel("What is waited for?").fill("The bank's answer");
  await lead.getByRole("dialog").getByRole("button", { name: "Hold back" }).click();
  await expect(lead.getByText(/^Case \d+ is held back\.$/)).toBeVisible();

  await lead.goto(url);
  await expect(lead.getByText(/Held back by Lea Dean\s*: The bank's answer\./)).toBeVisible();
  await lead.getByRole("button", { name: /^Resume/ }).click();
  await expect(lead.getByText(/Held back by Lea Dean\s*: The bank's answer\./)).toHaveCount(0);
  await choose(lead, "Assign");
  await lead.getByRole("dialog").getByLabel("To").selectOption({ label: "Ana Lyst" });
  await lead.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
  await expect(lead.getByText(/assigned to Ana Lyst/)).toBeVisible();
  await lead.close();
});

/** Says from which amount on, in every currency of the demo, a verdict needs a second person; nothing for none. */
async function verdictsNeedTwo(lead: Page, amountMinor: Record<string, number>): Promise<void> {
  const pagesUrl = assay().pagesUrl;
  const answer = await lead.request.get(`${pagesUrl}/api/trpc/reviewSettings.get`);
  const settings = (await answer.json()).result.data;
  const changed = { ...settings, fourEyes: { ...settings.fourEyes, amountMinor } };
  const saved = await lead.request.post(`${pagesUrl}/api/trpc/reviewSettings.set`, {
    data: { settings: changed, expected: settings },
  });
  expect(saved.status()).toBe(200);
}

test("a verdict that needs two people waits, says so in the case and in its row, and can be withdrawn", async ({
  page,
  browser,
}) => {
  const lead = await browser.newPage();
  await signIn(lead, "lead");
  await verdictsNeedTwo(lead, { EUR: 0, GBP: 0, USD: 0 });
  try {
    await signIn(page, "analyst");
    const url = await openNext(page);
    await page.getByRole("button", { name: /^Legitimate/ }).click();
    await expect(page).not.toHaveURL(url);
    await page.goto(url);
    await expect(
      page.getByText(/The verdict legitimate by Ana Lyst waits for a second person/),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: /^Legitimate/ })).toBeDisabled();
    expect(await accessibilityFindings(page)).toEqual([]);
    await lead.goto(`${assay().pagesUrl}/queue?pile=held`);
    const id = url.split("/cases/")[1]?.split("?")[0] ?? "";
    await expect(lead.locator(`[data-row="${id}"]`)).toContainText(/waits for approval \d+/);
    await page.getByRole("button", { name: "Withdraw it" }).click();
    await expect(page.getByText(/waits for a second person/)).toHaveCount(0);
  } finally {
    await verdictsNeedTwo(lead, {});
    await lead.close();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a case has no findings of axe in ${colorScheme}, and fits 390 px`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await signIn(page, "analyst");
    await openNext(page);
    await expect(page.locator("[data-skeleton]")).toHaveCount(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole("table", { name: /What shares a card/ })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await context.close();
  });
}
