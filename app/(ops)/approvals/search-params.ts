import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";

const approvalPiles = ["pending", "answered"] as const;
export type ApprovalPile = (typeof approvalPiles)[number];

/** What of the page is shown, as the URL says it. */
export const approvalParams = {
  pile: parseAsStringLiteral(approvalPiles).withDefault("pending"),
  /** the approval that is open, by its id; the first one where none is named */
  approval: parseAsString,
};

export const loadApprovalParams = createLoader(approvalParams);

const PAGE_ROWS = 50;

export function listInput(pile: ApprovalPile) {
  return { pile, limit: PAGE_ROWS };
}
