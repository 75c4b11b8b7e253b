import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import type { RunningAssay } from "./start-assay.ts";

/** The Assay that the global set-up started. */
export function assay(): RunningAssay {
  const file = process.env.ASSAY_RUNNING;
  if (file === undefined) throw new Error("ASSAY_RUNNING is not set: run the journeys by playwright test");
  return JSON.parse(readFileSync(file, "utf8")) as RunningAssay;
}

/** Signs in with the keyboard alone; the e-mail field has the focus when the page opens. */
export async function signIn(page: Page, role: "analyst" | "lead" | "admin"): Promise<void> {
  const email = `${role}@demo.assay`;
  await page.goto(assay().pagesUrl);
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(assay().passwords[email] ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
}

export type Scored = { readonly status: number; readonly body: Record<string, unknown> };

/** Calls the scoring API as a payment system does. */
export async function callScoring(path: string, body: unknown): Promise<Scored> {
  const { scoringUrl, apiKey } = assay();
  const response = await fetch(`${scoringUrl}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A payment that the API accepts, now. */
export function paymentNow(id: string): Record<string, unknown> {
  return {
    id,
    occurredAt: new Date().toISOString(),
    amountMinor: 4_999,
    currency: "EUR",
    customerId: `cus_of_${id}`, // cases of one customer would join
    merchantId: "mer_journey",
    channel: "ecommerce",
  };
}
