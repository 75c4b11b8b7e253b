"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { z } from "zod";
import { useTRPC } from "#app/trpc/client.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import type { Rule } from "#server/domain/rule/rule-set.ts";
import { effectWords, statusLook } from "../rules/words.ts";
import { BeforeAfter, type Changed } from "./before-after.tsx";
import type { AskedProps } from "./change-asked.tsx";

const Draft = z.looseObject({ draftId: z.string() });

/** A draft of rules beside those in force. */
export function RulesAsked({ approval }: AskedProps): ReactNode {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.rule.inForce.queryOptions());
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} />;
  const isSame = Draft.safeParse(approval.payload).data?.draftId === data.draft?.id;
  if (approval.status !== "pending" || data.draft === null || !isSame) {
    return (
      <p className="text-muted">
        That draft is no longer the one being worked on. <RulesLink /> show what is in force.
      </p>
    );
  }
  return (
    <div className="space-y-2">
      <BeforeAfter rows={changedRules(data.active?.rules ?? [], data.draft.rules)} answered={false} />
      <p className="text-muted">
        <RulesLink /> can test the draft on recent decisions.
      </p>
    </div>
  );
}

function RulesLink(): ReactNode {
  return (
    <Link href="/rules" className="text-accent hover:underline">
      The rules
    </Link>
  );
}

/** Rules that are added, changed or removed; where none is, their order is. */
function changedRules(before: readonly Rule[], after: readonly Rule[]): Changed[] {
  const was = new Map(before.map((rule) => [rule.id, rule]));
  const is = new Map(after.map((rule) => [rule.id, rule]));
  const ids = [...new Set([...is.keys(), ...was.keys()])];
  const rows = ids.flatMap((id) => {
    const [old, next] = [was.get(id), is.get(id)];
    if (JSON.stringify(old) === JSON.stringify(next)) return [];
    return [{ name: (next ?? old)?.name ?? id, before: ruleWords(old), after: ruleWords(next) ?? "removed" }];
  });
  if (rows.length > 0) return rows;
  return [{ name: "Order", before: namesOf(before), after: namesOf(after) }];
}

function ruleWords(rule: Rule | undefined): string | null {
  if (rule === undefined) return null;
  return `${effectWords(rule.effect)} if ${rule.condition} (${statusLook[rule.status].word.toLowerCase()})`;
}

function namesOf(rules: readonly Rule[]): string {
  return rules.map(({ name }) => name).join(", ");
}
