"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { previewWords } from "./preview-words.ts";
import { type QueueDraft, routingOf } from "./queue-draft.ts";

const PAUSE_MS = 400;

/** What the queue would take of the open cases, as it is typed; asked for when the typing pauses. */
export function QueuePreview({ queueId, draft }: { queueId: string | null; draft: QueueDraft }): ReactNode {
  const trpc = useTRPC();
  const settled = useSettled(draft);
  const routing = routingOf(settled);
  const { data, error } = useQuery({
    ...trpc.queue.preview.queryOptions({ queueId, routing: routing ?? {} }),
    enabled: routing !== null,
    placeholderData: keepPreviousData,
  });
  return (
    <p role="status" className="min-h-5 font-medium">
      {error !== null
        ? `What it would take could not be counted. ${error.message}`
        : routing === null || data === undefined
          ? ""
          : previewWords(data)}
    </p>
  );
}

/** The draft as it was when the typing last paused. */
function useSettled(draft: QueueDraft): QueueDraft {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return settled;
}
