"use server";
import { cookies } from "next/headers";
import type { Theme } from "./preferences.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

export async function saveTheme(theme: Theme): Promise<void> {
  await keep("assay-theme", theme);
}

export async function saveRail(isCollapsed: boolean): Promise<void> {
  await keep("assay-rail", isCollapsed ? "collapsed" : "open");
}

export async function saveShortcuts(areOn: boolean): Promise<void> {
  await keep("assay-shortcuts", areOn ? "on" : "off");
}

async function keep(name: string, value: string): Promise<void> {
  const jar = await cookies();
  jar.set(name, value, { maxAge: YEAR_SECONDS, sameSite: "lax", httpOnly: true, path: "/" });
}
