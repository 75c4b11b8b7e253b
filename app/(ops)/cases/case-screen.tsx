"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { money } from "#app/format/money.ts";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { dispositions } from "#server/domain/case.ts";
import { CaseNotice } from "./case-notice.tsx";
import { CaseStatusBadge } from "./case-status-badge.tsx";
import { Facts } from "./facts.tsx";
import { HistoryCard } from "./history-card.tsx";
import { PaymentDetails } from "./payment-details.tsx";
import { Reasons } from "./reasons.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { Timeline } from "./timeline.tsx";
import { useCaseWork } from "./use-case-work.ts";
import { useVerdict } from "./use-verdict.ts";
import { VerdictBar } from "./verdict-bar.tsx";
import { type CaseDetail, dispositionLook } from "./words.ts";

type CaseScreenProps = {
  detail: CaseDetail;
  onOpen: (id: string) => void;
  onSay: (sentence: string) => void;
};

/** One case on one screen: what happened, what is at stake, why, what came before, and the verdict. */
export function CaseScreen({ detail, onOpen, onSay }: CaseScreenProps): ReactNode {
  const work = useCaseWork(detail);
  const verdict = useVerdict({ detail, onOpen, onSay });
  const [isSnoozing, setSnoozing] = useState(false);
  const title = useRef<HTMLSpanElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  useShortcuts(
    "Verdict",
    [
      ...dispositions.map((d) => ({
        keys: dispositionLook[d].key,
        label: dispositionLook[d].word,
        run: () => verdict.give(d),
      })),
      { keys: "s", label: "Snooze", run: () => setSnoozing(true) },
    ],
    work.isMine,
  );
  useShortcuts("Case", [
    { keys: "z", label: "Undo the last verdict", run: verdict.undo },
    { keys: "n", label: "Write a note", run: () => note.current?.focus() },
    { keys: "]", label: "Next case", run: verdict.goOn },
  ]);

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
            {money(detail.amountMinor, detail.currency)} by {detail.customerId} at {detail.merchantId},{" "}
            <RelativeTime time={detail.payment.occurredAt} />
          </>
        }
        actions={
          <VerdictBar
            canDecide={work.isMine}
            isBusy={verdict.isBusy}
            onGive={verdict.give}
            onSnooze={() => setSnoozing(true)}
            onNext={verdict.goOn}
          />
        }
      />
      <PageBody>
        <CaseNotice detail={detail} otherHolder={work.otherHolder} onRelease={work.release} />
        <div className="grid gap-4 pb-16 md:pb-0 lg:grid-cols-[minmax(0,1fr)_22rem] xl:grid-cols-[minmax(0,1fr)_25rem]">
          <div className="min-w-0 space-y-4">
            <Facts detail={detail} />
            <Reasons detail={detail} />
            <div className="grid gap-4 xl:grid-cols-2">
              <HistoryCard of="customer" id={detail.customerId} history={detail.customer} detail={detail} />
              <HistoryCard of="merchant" id={detail.merchantId} history={detail.merchant} detail={detail} />
            </div>
          </div>
          <div className="min-w-0 space-y-4">
            <Timeline detail={detail} noteRef={note} />
            <PaymentDetails detail={detail} />
          </div>
        </div>
      </PageBody>
      <SnoozeDialog
        detail={detail}
        isOpen={isSnoozing}
        onOpenChange={setSnoozing}
        onSnoozed={(row) => {
          work.merge(row);
          verdict.goOn();
        }}
      />
    </>
  );
}
