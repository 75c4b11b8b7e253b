import { cookies } from "next/headers";

export type Theme = "system" | "light" | "dark";
export type Preferences = { theme: Theme; isRailCollapsed: boolean; areShortcutsOn: boolean };

/** How this browser likes it; kept in cookies, so that the first HTML is already right. */
export async function readPreferences(): Promise<Preferences> {
  const jar = await cookies();
  const theme = jar.get("assay-theme")?.value;
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    isRailCollapsed: jar.get("assay-rail")?.value === "collapsed",
    areShortcutsOn: jar.get("assay-shortcuts")?.value !== "off",
  };
}
