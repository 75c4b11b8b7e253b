"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { CaseDialogs } from "./case-dialogs.tsx";
import { CaseNotice } from "./case-notice.tsx";
import { CasePlace } from "./case-place.tsx";
import { CaseStatusBadge } from "./case-status-badge.tsx";
import { Facts } from "./facts.tsx";
import { Files } from "./files.tsx";
import { HistoryCard } from "./history-card.tsx";
import { LinkedCard } from "./linked-card.tsx";
import { PaymentDetails } from "./payment-details.tsx";
import { Reasons } from "./reasons.tsx";
import { SimilarCard } from "./similar-card.tsx";
import { Tags } from "./tags.tsx";
import { Timeline } from "./timeline.tsx";
import { useCaseDesk } from "./use-case-desk.ts";
import { useReadMentions } from "./use-read-mentions.ts";
import { VerdictBar } from "./verdict-bar.tsx";
import type { CaseDetail } from "./words.ts";

type CaseScreenProps = {
  detail: CaseDetail;
  onOpen: (id: string) => void;
  onSay: (sentence: string) => void;
};

/** One case on one screen: what happened, what is at stake, why, what it is linked to, and the verdict. */
export function CaseScreen({ detail, onOpen, onSay }: CaseScreenProps): ReactNode {
  const title = useRef<HTMLSpanElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const desk = useCaseDesk({ detail, noteRef: note, onOpen, onSay });
  const { work, conflict } = desk;
  useReadMentions(detail.id);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <PageHeader
        title={
          <span ref={title} tabIndex={-1} className="inline-flex items-center gap-2 outline-none">
            Case {detail.number} <CaseStatusBadge detail={detail} />
          </span>
        }
        reading={
          <>
            {detail.customerId} at {detail.merchantId}, <RelativeTime time={detail.payment.occurredAt} />
            <CasePlace detail={detail} />
          </>
        }
        actions={
          <VerdictBar
            canDecide={work.isMine}
            isBusy={desk.isBusy}
            onGive={desk.decide}
            actions={desk.actions}
            onNext={desk.goOn}
          />
        }
      />
      <PageBody>
        <CaseNotice
          detail={detail}
          otherHolder={work.otherHolder}
          onRelease={work.release}
          onResume={desk.resume}
          onTake={work.take}
        />
        <div className="grid gap-4 pb-16 md:pb-0 lg:grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_25rem]">
          <div className="min-w-0 space-y-4">
            <Facts detail={detail} />
            <Reasons detail={detail} />
            <LinkedCard detail={detail} onApply={work.isMine ? desk.applyToLinked : null} />
            <SimilarCard detail={detail} />
          </div>
          <div className="min-w-0 space-y-4">
            <HistoryCard detail={detail} />
            <Timeline detail={detail} noteRef={note} />
            <Card>
              <div className="space-y-2">
                <Tags detail={detail} refused={conflict.refused} onChanged={work.merge} />
                <Files detail={detail} />
              </div>
            </Card>
            <PaymentDetails detail={detail} />
          </div>
        </div>
      </PageBody>
      <CaseDialogs detail={detail} desk={desk} />
    </>
  );
}
