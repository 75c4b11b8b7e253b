"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { plural } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import type { Disposition } from "#server/domain/case.ts";
import { dispositions, labelOfDisposition } from "#server/domain/case-words.ts";
import { LinkedChoice } from "./linked-choice.tsx";
import { ReasonField } from "./reason-field.tsx";
import { useDraft } from "./use-draft.ts";
import type { Given } from "./use-verdict.ts";
import { type CaseDetail, dispositionLook } from "./words.ts";

/** A verdict that needs words, or is meant for more payments; of the case as it was when the dialog opened. */
export type Asked = {
  readonly disposition: Disposition;
  readonly version: number;
  readonly withLinked: boolean;
};

type VerdictDialogProps = {
  detail: CaseDetail;
  asked: Asked | null;
  reasonRequiredFor: readonly Disposition[];
  onClose: () => void;
  onGive: (verdict: Given) => void;
};

/** Why, and what else the verdict is applied to. The reason has the focus; Ctrl Enter gives the verdict. */
export function VerdictDialog(props: VerdictDialogProps): ReactNode {
  const { detail, asked, onClose } = props;
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Verdict on case ${detail.number}`}
      wide
    >
      {asked !== null && <VerdictForm {...props} asked={asked} />}
    </Dialog>
  );
}

function VerdictForm({
  detail,
  asked,
  reasonRequiredFor,
  onGive,
}: VerdictDialogProps & { asked: Asked }): ReactNode {
  const trpc = useTRPC();
  const [disposition, setDisposition] = useState(asked.disposition);
  const [reason, setReason] = useDraft(`verdict ${detail.id}`);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const linked = useQuery(trpc.case.linkedPayments.queryOptions({ caseId: detail.id }));
  const teaches = labelOfDisposition[disposition] !== null;
  const isRequired = reasonRequiredFor.includes(disposition);
  const canGive = !isRequired || reason.trim() !== "";
  const also = teaches ? [...ticked] : [];
  const give = (): void => {
    if (canGive) onGive({ disposition, version: asked.version, reason: reason.trim() || null, also });
  };
  const { word } = dispositionLook[disposition];
  const own = detail.payments.total;
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) give();
      }}
    >
      <Tabs
        label="Verdict"
        tabs={dispositions.map((value) => ({
          value,
          label: `${dispositionLook[value].shape} ${dispositionLook[value].word}`,
        }))}
        value={disposition}
        onChange={setDisposition}
      />
      <ReasonField
        value={reason}
        onChange={setReason}
        label={isRequired ? "Why (needed for this verdict)" : "Why (optional)"}
        isRequired={isRequired}
      />
      {linked.isError ? (
        <p className="text-decline">The linked payments could not be loaded. {linked.error.message}</p>
      ) : teaches ? (
        <LinkedChoice payments={linked.data} ticked={ticked} onTick={setTicked} isOpen={asked.withLinked} />
      ) : (
        <p className="text-xs text-muted">
          Not sure teaches nothing, so it is not applied to linked payments.
        </p>
      )}
      <div className="flex items-center justify-end gap-2">
        <KeyHint keys="Ctrl Enter" />
        <Button type="submit" look="primary" disabled={!canGive}>
          {word} on {plural(own + also.length, "payment")}
        </Button>
      </div>
    </form>
  );
}
