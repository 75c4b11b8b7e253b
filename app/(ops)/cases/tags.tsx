"use client";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import type { Conflict } from "./use-conflict.ts";
import type { CaseDetail, CaseRow } from "./words.ts";

type TagsProps = { detail: CaseDetail; refused: Conflict["refused"]; onChanged: (row: CaseRow) => void };

/** The case's tags, to add to and take from. */
export function Tags({ detail, refused, onChanged }: TagsProps): ReactNode {
  const trpc = useTRPC();
  const canWork = useCan("case:work");
  const [text, setText] = useState("");
  const { id: caseId, version, tags } = detail;
  const set = useMutation(trpc.case.setTags.mutationOptions({ onSuccess: onChanged }));
  const change = (next: readonly string[], seen = version): void =>
    set.mutate(
      { caseId, version: seen, tags: [...next] },
      {
        onSuccess: () => setText(""),
        onError: (error) =>
          refused(error, {
            what: `Tag case ${detail.number} ${next.join(", ") || "with nothing"}`,
            text: null,
            version: seen,
            again: (now) => change(next, now),
          }),
      },
    );
  if (!canWork && tags.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="text-xs text-muted">Tags</span>
      {tags.map((tag) => (
        <span key={tag} className="inline-flex h-6 items-center rounded bg-sunken pl-2 text-xs text-muted">
          {tag}
          <button
            type="button"
            aria-label={`Take the tag ${tag} off`}
            disabled={!canWork || set.isPending}
            onClick={() => change(tags.filter((other) => other !== tag))}
            className="grid size-6 place-items-center hover:text-ink"
          >
            <span aria-hidden="true">×</span>
          </button>
        </span>
      ))}
      {canWork && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const tag = asTag(text);
            if (tag !== "" && !tags.includes(tag)) change([...tags, tag]);
          }}
        >
          <input
            aria-label="Add a tag"
            placeholder="add a tag"
            value={text}
            maxLength={32}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
            className="h-6 w-24 rounded border border-line bg-surface px-1.5 text-xs placeholder:text-faint"
          />
        </form>
      )}
    </div>
  );
}

/** "Card Testing" is written card-testing, as tags are. */
function asTag(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 32);
}
