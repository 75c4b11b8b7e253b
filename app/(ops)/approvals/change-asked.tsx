"use client";
import type { ReactNode } from "react";
import type { ApprovalKind } from "#server/domain/approval.ts";
import { BulkAsked } from "./bulk-asked.tsx";
import { CanaryAsked } from "./canary-asked.tsx";
import { ChampionAsked } from "./champion-asked.tsx";
import { ListEntryAsked } from "./list-entry-asked.tsx";
import { PolicyAsked } from "./policy-asked.tsx";
import { RulesAsked } from "./rules-asked.tsx";
import { VerdictAsked } from "./verdict-asked.tsx";
import type { Approval } from "./words.ts";

export type AskedProps = { approval: Approval };

const asked: Record<ApprovalKind, (props: AskedProps) => ReactNode> = {
  "case.close": VerdictAsked,
  "case.bulk": BulkAsked,
  "list.add": ListEntryAsked,
  "rule.activate": RulesAsked,
  "policy.activate": PolicyAsked,
  "model.promote": ChampionAsked,
  "model.canary": CanaryAsked,
};

/** The change before and after, in words and numbers; nothing of it has happened yet while it waits. */
export function ChangeAsked({ approval }: AskedProps): ReactNode {
  const Change = asked[approval.kind];
  return <Change approval={approval} />;
}

/** Where what was asked for cannot be read any more. */
export function Unreadable(): ReactNode {
  return <p className="text-muted">What was asked for cannot be shown; the audit log has it.</p>;
}
