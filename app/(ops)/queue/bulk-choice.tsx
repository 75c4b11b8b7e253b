"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useEffectEvent, useId, useState } from "react";
import { instant } from "#app/format/time.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Select } from "#app/ui/field.tsx";
import type { Disposition } from "#server/domain/case.ts";
import { dispositions } from "#server/domain/case-words.ts";
import { snoozeChoices } from "../cases/snooze-choices.ts";
import { dispositionLook } from "../cases/words.ts";
import type { BulkAction, BulkKind } from "./bulk-action.ts";

type ChoiceProps = { onChoose: (action: BulkAction) => void };

/** What exactly is to be done with the cases; tells it from the first moment, so that its effect can be shown. */
export function BulkChoice({ kind, onChoose }: ChoiceProps & { kind: BulkKind }): ReactNode {
  switch (kind) {
    case "assign":
      return <AssignChoice onChoose={onChoose} />;
    case "snooze":
      return <SnoozeChoice onChoose={onChoose} />;
    case "route":
      return <QueueChoice onChoose={onChoose} />;
    case "close":
      return <CloseChoice onChoose={onChoose} />;
    case "reopen":
      return <ReopenChoice onChoose={onChoose} />;
  }
}

function AssignChoice({ onChoose }: ChoiceProps): ReactNode {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.case.people.queryOptions());
  const people = data
    .filter((person) => person.works)
    .map(({ id, name, away }) => ({ value: id, label: away ? `${name} (away)` : name }));
  return (
    <OneOf
      label="To whom"
      options={[...people, { value: "", label: "Nobody: back to the queue" }]}
      isLoaded={data.length > 0}
      onPick={(id) => onChoose({ kind: "assign", userId: id === "" ? null : id })}
    />
  );
}

function QueueChoice({ onChoose }: ChoiceProps): ReactNode {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.queue.names.queryOptions());
  return (
    <OneOf
      label="To which queue"
      options={data.map(({ id, name }) => ({ value: id, label: name }))}
      isLoaded={data.length > 0}
      onPick={(queueId) => onChoose({ kind: "route", queueId })}
    />
  );
}

function SnoozeChoice({ onChoose }: ChoiceProps): ReactNode {
  const [choices] = useState(() => snoozeChoices(new Date()));
  return (
    <OneOf
      label="Until when"
      options={choices.map(({ label, until }) => ({
        value: until.toISOString(),
        label: `${label}: ${instant(until)}`,
      }))}
      isLoaded
      onPick={(until) => onChoose({ kind: "snooze", until })}
    />
  );
}

function CloseChoice({ onChoose }: ChoiceProps): ReactNode {
  const [disposition, setDisposition] = useState<Disposition>(dispositions[0]);
  const [reason, setReason] = useState("");
  const choose = useEffectEvent(onChoose);
  useEffect(() => choose({ kind: "close", disposition, reason }), [disposition, reason]);
  return (
    <>
      <OneOf
        label="Verdict on every one of them"
        options={dispositions.map((value) => ({ value, label: dispositionLook[value].word }))}
        isLoaded
        onPick={(value) => setDisposition(dispositions.find((one) => one === value) ?? dispositions[0])}
      />
      <Reason label="Why, for the record of each case" value={reason} onChange={setReason} />
    </>
  );
}

function ReopenChoice({ onChoose }: ChoiceProps): ReactNode {
  const [reason, setReason] = useState("");
  const choose = useEffectEvent(onChoose);
  useEffect(() => choose({ kind: "reopen", reason: reason === "" ? null : reason }), [reason]);
  return <Reason label="Why (optional)" value={reason} onChange={setReason} isFirst />;
}

/** Stable, so that it is called when the control appears and not with every render. */
const takeFocus = (control: HTMLElement | null): void => control?.focus();

type OneOfProps = {
  label: string;
  options: readonly { value: string; label: string }[];
  isLoaded: boolean;
  onPick: (value: string) => void;
};

/** The first is picked until another is. */
function OneOf({ label, options, isLoaded, onPick }: OneOfProps): ReactNode {
  const [picked, setPicked] = useState<string | null>(null);
  const value = picked ?? options[0]?.value ?? "";
  const pick = useEffectEvent(onPick);
  useEffect(() => {
    if (isLoaded) pick(value);
  }, [isLoaded, value]);
  return <Select label={label} options={options} value={value} onValueChange={setPicked} ref={takeFocus} />;
}

type ReasonProps = {
  label: string;
  value: string;
  onChange: (reason: string) => void;
  /** of the dialog's controls, so that it gets the focus */
  isFirst?: boolean;
};

function Reason({ label, value, onChange, isFirst = false }: ReasonProps): ReactNode {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={2000}
        value={value}
        {...(isFirst ? { ref: takeFocus } : {})}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-md border border-line-strong/60 bg-surface px-2 py-1"
      />
    </div>
  );
}
