"use client";
import Link from "next/link";
import type { ReactNode, RefObject } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { labelConflict } from "./label-conflict.ts";
import { noteParts } from "./mention-text.ts";
import { NoteForm } from "./note-form.tsx";
import { type TimelineLine, timelineLines } from "./timeline-lines.ts";
import type { CaseDetail } from "./words.ts";

type TimelineProps = { detail: CaseDetail; noteRef: RefObject<HTMLTextAreaElement | null> };

/** A region that scrolls must be reachable by keyboard. */
const reachable = { tabIndex: 0 };

/** What happened to the payment and the case, newest first, with the notes. */
export function Timeline({ detail, noteRef }: TimelineProps): ReactNode {
  const canWork = useCan("case:work");
  const conflict = labelConflict(detail.labels);
  return (
    <Card title="Timeline and notes">
      {canWork && <NoteForm caseId={detail.id} noteRef={noteRef} />}
      {conflict !== null && (
        <p className="mb-2 rounded-md bg-review-soft px-2 py-1.5 text-review">
          <span aria-hidden="true">◐ </span>
          {conflict}
        </p>
      )}
      <ol className="max-h-72 space-y-1.5 overflow-y-auto" aria-label="Timeline, newest first" {...reachable}>
        {timelineLines(detail).map((line) => (
          <li key={line.key} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2">
            <span aria-hidden="true" className="text-center text-muted">
              {line.glyph}
            </span>
            <div>
              <div className="flex items-baseline justify-between gap-x-3">
                <span className={line.isNote ? "text-muted" : ""}>
                  {line.says}
                  <OfPart part={line.part} />
                </span>
                <span className="text-xs text-muted">
                  <RelativeTime time={line.at} />
                </span>
              </div>
              <Written line={line} />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Which of the payments it is about, where that is not the case's own. */
function OfPart({ part }: { part: TimelineLine["part"] }): ReactNode {
  if (part === null) return null;
  return (
    <Link
      href={`/cases/${part.caseId}`}
      prefetch={false}
      title={`Payment ${part.transactionId}, of case ${part.number}`}
      className="ml-1.5 inline-block max-w-40 truncate rounded bg-sunken px-1 align-bottom text-xs leading-5 text-muted underline underline-offset-2"
    >
      {part.transactionId}
    </Link>
  );
}

/** What a person wrote, with those named in it set off. */
function Written({ line }: { line: TimelineLine }): ReactNode {
  if (line.text === null) return null;
  let at = 0;
  return (
    <p className="break-words whitespace-pre-wrap">
      {noteParts(line.text, line.mentions).map((part) => {
        at += part.text.length;
        return (
          <span key={at} className={part.isName ? "font-medium text-accent" : undefined}>
            {part.text}
          </span>
        );
      })}
    </p>
  );
}
