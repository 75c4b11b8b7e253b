"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { timelineLines } from "./timeline-lines.ts";
import type { CaseDetail } from "./words.ts";

type TimelineProps = { detail: CaseDetail; noteRef: RefObject<HTMLTextAreaElement | null> };

/** What happened to the payment and the case, newest first, with the notes. */
export function Timeline({ detail, noteRef }: TimelineProps): ReactNode {
  const canWork = useCan("case:work");
  return (
    <Card title="Timeline and notes">
      {canWork && <NoteForm caseId={detail.id} noteRef={noteRef} />}
      <ol className="max-h-80 space-y-2 overflow-y-auto" aria-label="Timeline, newest first">
        {timelineLines(detail).map((line) => (
          <li key={line.key} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2">
            <span aria-hidden="true" className="text-center text-muted">
              {line.glyph}
            </span>
            <div>
              <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className={line.isNote ? "text-muted" : ""}>{line.says}</span>
                <span className="text-xs text-muted">
                  <RelativeTime time={line.at} />
                </span>
              </div>
              {line.text !== null && <p className="whitespace-pre-wrap break-words">{line.text}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function NoteForm({ caseId, noteRef }: { caseId: string; noteRef: TimelineProps["noteRef"] }): ReactNode {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const add = useMutation(
    trpc.case.addNote.mutationOptions({
      onSuccess: () => {
        setText("");
        noteRef.current?.blur();
        return queries.invalidateQueries(trpc.case.byId.queryFilter({ caseId }));
      },
      onError: (error) => toast.error(`The note was not saved; it is still in the field. ${error.message}`),
    }),
  );
  const save = (): void => {
    if (text.trim() !== "" && !add.isPending) add.mutate({ caseId, text });
  };
  return (
    <form
      className="mb-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={noteRef}
        rows={text === "" ? 1 : 3}
        aria-label="Note"
        placeholder="Write a note   n"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
        }}
        className="block w-full resize-none rounded-md border border-line-strong/60 bg-surface px-2 py-1.5 placeholder:text-faint"
      />
      {text !== "" && (
        <div className="mt-1.5 flex items-center gap-2">
          <Button type="submit" look="primary" size="small" disabled={add.isPending}>
            Save the note
          </Button>
          <KeyHint keys="Ctrl Enter" />
        </div>
      )}
    </form>
  );
}
