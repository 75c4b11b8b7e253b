"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Input } from "#app/ui/field.tsx";
import { namesOf } from "#server/domain/rule/vocabulary.ts";

const SHOWN = 8;

type NameListProps = { onPick: (name: string) => void; isDisabled: boolean };

/** Finds the name of a field or feature by its words, and puts it at the end of the condition. */
export function NameList({ onPick, isDisabled }: NameListProps): ReactNode {
  const trpc = useTRPC();
  const { data: features = [] } = useQuery(
    trpc.rule.features.queryOptions(undefined, { staleTime: 300_000 }),
  );
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = namesOf({ features }).filter(({ name, text }) =>
    words.every((word) => `${name} ${text}`.toLowerCase().includes(word)),
  );
  return (
    <div className="space-y-1">
      <Input
        type="search"
        label="Find a field or feature"
        hint="Pick one to put it at the end of the condition; what callers send besides is attributes.name"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        disabled={isDisabled}
      />
      {words.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {found.slice(0, SHOWN).map(({ name, type, text }) => (
            <li key={name}>
              <button
                type="button"
                disabled={isDisabled}
                onClick={() => onPick(name)}
                className="flex w-full flex-wrap items-baseline gap-x-2 px-2 py-1 text-left hover:bg-hover"
              >
                <code className="text-xs">{name}</code>
                <span className="text-xs text-muted">
                  {type}: {text}
                </span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="px-2 py-1 text-xs text-muted">Nothing has such a name.</li>}
          {found.length > SHOWN && (
            <li className="px-2 py-1 text-xs text-muted">and {found.length - SHOWN} more</li>
          )}
        </ul>
      )}
    </div>
  );
}
