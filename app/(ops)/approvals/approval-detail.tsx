"use client";
import type { ReactNode } from "react";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Facts } from "../transactions/facts.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { StatusBadge } from "./approval-list.tsx";
import { ChangeAsked } from "./change-asked.tsx";
import { type Approval, kindWords } from "./words.ts";

/** One approval: who asks, why it needs a second person, what would change, and the answer. */
export function ApprovalDetail({ approval }: { approval: Approval }): ReactNode {
  const { kind, number, requestedBy, requestedAt, because, answeredBy, answeredAt, note } = approval;
  const facts: [string, ReactNode][] = [
    ["Asked by", approval.isMine ? `${requestedBy.name} (you)` : requestedBy.name],
    ["Asked", <RelativeTime key="asked" time={requestedAt} />],
    ["Why a second person", because],
  ];
  if (answeredBy !== null && answeredAt !== null) {
    facts.push(
      ["Answered by", answeredBy.name],
      ["Answered", <RelativeTime key="answered" time={answeredAt} />],
    );
  }
  if (note !== null) facts.push(["Note", note]);
  return (
    <Card title={`${kindWords[kind]}, approval ${number}`} actions={<StatusBadge approval={approval} />}>
      <div className="space-y-4">
        <Facts facts={facts} />
        <ChangeAsked approval={approval} />
        {approval.status === "pending" && <AnswerForm approval={approval} />}
      </div>
    </Card>
  );
}
