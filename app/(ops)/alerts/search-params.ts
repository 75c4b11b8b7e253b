import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";

const alertTabs = ["open", "resolved", "rules"] as const;
export type AlertTab = (typeof alertTabs)[number];

/** What of the page is shown, as the URL says it. */
export const alertParams = {
  tab: parseAsStringLiteral(alertTabs).withDefault("open"),
  /** the alert that is open, by its id; the first one where none is named */
  alert: parseAsString,
  /** the rule that is being changed, by its id; "new" for one that is being made */
  rule: parseAsString,
};

export const loadAlertParams = createLoader(alertParams);

const PAGE_ROWS = 50;

export function listInput(pile: "open" | "resolved") {
  return { pile, limit: PAGE_ROWS };
}
