"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { toast } from "sonner";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { type Approval, statusLook, whyNot } from "./words.ts";

type Answer = "approve" | "reject" | "return";

const answers = [
  { answer: "approve", word: "Approve", key: "a" },
  { answer: "reject", word: "Reject", key: "x" },
  { answer: "return", word: "Return", key: "b" },
] as const satisfies readonly { answer: Answer; word: string; key: string }[];

/** Approve at once, reject or return with a note; whoever asked can only withdraw. */
export function AnswerForm({ approval }: { approval: Approval }): ReactNode {
  const note = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [wanted, setWanted] = useState<Answer | null>(null);
  const { answer, withdraw } = useAnswer(approval);
  const refusal = whyNot(approval);
  const isOff = refusal !== null || answer.isPending;
  const give = (chosen: Answer): void => {
    setWanted(chosen);
    if (chosen !== "approve" && text.trim() === "") {
      note.current?.focus();
      return;
    }
    answer.mutate({ approvalId: approval.id, answer: chosen, note: text.trim() === "" ? null : text });
  };
  useShortcuts(
    "This approval",
    [
      ...answers.map(({ answer: each, word, key }) => ({ keys: key, label: word, run: () => give(each) })),
      { keys: "n", label: "Write a note", run: () => note.current?.focus() },
    ],
    !isOff,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted !== null && !isOff) give(wanted);
  };
  const asks = wanted !== null && wanted !== "approve" && text.trim() === "";
  return (
    <form onSubmit={submit} className="space-y-3 border-t border-line pt-3" aria-label="Answer">
      <Input
        ref={note}
        label="Note"
        hint="Needed to reject or to return; Enter sends the answer chosen, Escape leaves the field"
        error={asks ? `Say why, then press Enter to ${wanted}` : undefined}
        value={text}
        maxLength={2000}
        disabled={refusal !== null}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {answer.isError && (
        <p role="alert" className="text-decline">
          {answer.error.message}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {answers.map(({ answer: each, word, key }) => (
          <Button
            key={each}
            look={each === "approve" ? "primary" : "secondary"}
            disabled={isOff}
            aria-describedby={refusal === null ? undefined : "why-not"}
            onClick={() => give(each)}
          >
            {word} <KeyHint keys={key} />
          </Button>
        ))}
        {approval.isMine && (
          <Button
            className="ml-auto"
            disabled={withdraw.isPending}
            onClick={() => withdraw.mutate({ approvalId: approval.id })}
          >
            Withdraw
          </Button>
        )}
      </div>
      {refusal !== null && (
        <p id="why-not" className="text-muted">
          {refusal}
        </p>
      )}
    </form>
  );
}

function useAnswer({ number }: Approval) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settled = (): Promise<unknown> =>
    Promise.all([
      queryClient.invalidateQueries(trpc.approval.pathFilter()),
      queryClient.invalidateQueries(trpc.case.pathFilter()),
    ]);
  const told = ({ status }: { status: Approval["status"] }): void => {
    toast(`Approval ${number}: ${statusLook[status].word.toLowerCase()}.`);
  };
  const answer = useMutation(trpc.approval.answer.mutationOptions({ onSuccess: told, onSettled: settled }));
  const withdraw = useMutation(
    trpc.approval.withdraw.mutationOptions({
      onSuccess: told,
      onError: (error) => toast.error(error.message),
      onSettled: settled,
    }),
  );
  return { answer, withdraw };
}
