import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Permission } from "#server/domain/permission.ts";

const settingsTabs = ["policy", "review", "queues", "people", "keys", "webhooks"] as const;
export type SettingsTab = (typeof settingsTabs)[number];

/** What of the page is shown, as the URL says it. */
export const settingsParams = {
  tab: parseAsStringLiteral(settingsTabs).withDefault("policy"),
  /** the queue that is open, by its id; "new" for one that is being made */
  queue: parseAsString,
  /** the policy draft that is open, by its id; "new" for one that is being made */
  policy: parseAsString,
  /** the earlier policy version that is about to come back */
  back: parseAsString,
  /** the person who is open, by their id */
  person: parseAsString,
};

export const loadSettingsParams = createLoader(settingsParams);

/** What each tab needs to be read. */
export const tabPermission: Record<SettingsTab, Permission> = {
  policy: "policy:read",
  review: "case:read",
  queues: "case:read",
  people: "case:read",
  keys: "key:manage",
  webhooks: "key:manage",
};

const tabWords: Record<SettingsTab, string> = {
  policy: "Policy",
  review: "Review",
  queues: "Queues",
  people: "People",
  keys: "Keys",
  webhooks: "Webhooks",
};

/** The tabs that somebody with these permissions has. */
export function tabsFor(permissions: readonly Permission[]): { value: SettingsTab; label: string }[] {
  return settingsTabs
    .filter((tab) => permissions.includes(tabPermission[tab]))
    .map((tab) => ({ value: tab, label: tabWords[tab] }));
}
