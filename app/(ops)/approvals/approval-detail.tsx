"use client";
import type { ReactNode } from "react";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { StatusBadge } from "./approval-list.tsx";
import { ChangeAsked } from "./change-asked.tsx";
import { type Approval, kindWords, statusLook } from "./words.ts";

/** One approval: who asks, why it needs a second person, what would change, and the answer. */
export function ApprovalDetail({ approval }: { approval: Approval }): ReactNode {
  const { kind, number, requestedBy, requestedAt, because, answeredBy, answeredAt, note } = approval;
  return (
    <Card title={`${kindWords[kind]}, approval ${number}`} actions={<StatusBadge approval={approval} />}>
      <div className="space-y-4">
        <div className="space-y-1">
          <p>
            {approval.isMine ? "You" : requestedBy.name} asked <RelativeTime time={requestedAt} />. {because}
          </p>
          {answeredBy !== null && answeredAt !== null && (
            <p>
              {answeredBy.name}: {statusLook[approval.status].word.toLowerCase()}{" "}
              <RelativeTime time={answeredAt} />
              {note === null ? "." : `. “${note}”`}
            </p>
          )}
        </div>
        <ChangeAsked approval={approval} />
        {approval.status === "pending" && <AnswerForm approval={approval} />}
      </div>
    </Card>
  );
}
