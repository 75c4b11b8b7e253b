import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type ListEffect, listKinds } from "#server/domain/list/list-entry.ts";

export const ruleTabs = ["rules", "block", "allow"] as const;
export type RuleTab = (typeof ruleTabs)[number];

/** What of the page is shown, as the URL says it. */
export const ruleParams = {
  tab: parseAsStringLiteral(ruleTabs).withDefault("rules"),
  /** the rule that is open, by its id; "new" for one that is being written */
  rule: parseAsString,
  kind: parseAsStringLiteral(listKinds),
  value: parseAsString.withDefault(""),
};

export const loadRuleParams = createLoader(ruleParams);
export type RuleParams = Awaited<ReturnType<typeof loadRuleParams>>;

const PAGE_ROWS = 50;

/** A page of a list is asked for by what the URL says. */
export function entriesInput(list: ListEffect, { kind, value }: Pick<RuleParams, "kind" | "value">) {
  return { list, kind, value: value === "" ? null : value, limit: PAGE_ROWS };
}
