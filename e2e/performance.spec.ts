import { expect, type Page, test } from "@playwright/test";
import { accessibilityFindings } from "./accessibility.ts";
import { assay, signIn } from "./assay.ts";

const everything = "window=90&basis=labelled&version=all";

async function openPart(page: Page, tab: string): Promise<void> {
  await page.goto(`${assay().pagesUrl}/performance?${everything}&tab=${tab}`);
  await expect(page.locator("[data-skeleton]")).toHaveCount(0);
}

test("the threshold moves by keys on both curves, and the matrix and the link follow", async ({ page }) => {
  await signIn(page, "lead");
  await openPart(page, "curves");
  const matrix = page.getByRole("table").first();
  const before = await matrix.innerText();
  const roc = page.getByRole("slider", { name: "Threshold on the ROC curve" });
  const curve = page.getByRole("slider", { name: "Threshold on the precision–recall curve" });
  await roc.focus();
  await page.keyboard.press("PageUp");
  await expect(matrix).not.toHaveText(before, { useInnerText: true });
  await expect(page).toHaveURL(/threshold=/);
  const said = await curve.getAttribute("aria-valuetext");
  await curve.focus();
  await page.keyboard.press("PageDown");
  await expect(curve).not.toHaveAttribute("aria-valuetext", said ?? "");
});

test("every chart of the curves gives its numbers and its picture", async ({ page }) => {
  await signIn(page, "lead");
  await openPart(page, "curves");
  const pictures = page.getByRole("button", { name: "Download as PNG" });
  await expect(pictures).toHaveCount(6);
  await expect(page.getByRole("button", { name: "Download as CSV" })).toHaveCount(6);
  const download = page.waitForEvent("download");
  await pictures.first().click();
  expect((await download).suggestedFilename()).toBe("precision-recall.png");
});

test("segments are a part of the page with a link of its own, without findings of axe", async ({ page }) => {
  await signIn(page, "lead");
  await openPart(page, "curves");
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Segments" }).click();
  await expect(page).toHaveURL(/tab=segments/);
  await expect(page.getByRole("region", { name: "Shares by segment" })).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
});

test("over time, calibration and models are parts without findings of axe, with their numbers", async ({
  page,
}) => {
  await signIn(page, "lead");
  await openPart(page, "over-time");
  await expect(page.getByRole("region", { name: "Track record of the estimates" })).toBeVisible();
  await page.getByLabel("Weeks", { exact: true }).selectOption("13");
  await expect(page).toHaveURL(/weeks=13/);
  expect(await accessibilityFindings(page)).toEqual([]);
  await openPart(page, "calibration");
  await expect(page.getByRole("button", { name: "Recalibrate…" })).toBeDisabled();
  expect(await accessibilityFindings(page)).toEqual([]);
  await openPart(page, "models");
  await expect(page.getByRole("region", { name: "Models side by side" }).first()).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
});
