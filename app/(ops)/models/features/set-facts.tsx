"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { count, plural } from "#app/format/number.ts";
import { day } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { Select } from "#app/ui/field.tsx";
import type { FeatureSetView } from "../types.ts";
import { setLabel } from "./words.ts";

type SetFactsProps = { view: FeatureSetView; onSelect: (version: string) => void };

/** Which set this is, who reads it, and whose payments the figures are of. */
export function SetFacts({ view, onSelect }: SetFactsProps): ReactNode {
  const { model, known } = view;
  const readers = known.find(({ version }) => version === view.version)?.modelVersions ?? [];
  return (
    <Card
      title={`Feature set ${view.name}`}
      actions={
        known.length > 1 && (
          <Select
            label="Feature set"
            isLabelHidden
            options={known.map((set) => ({ value: set.version, label: setLabel(set) }))}
            value={view.version}
            onValueChange={onSelect}
            className="w-60 max-w-full"
          />
        )
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">Version</dt>
        <dd className="break-all">
          <code className="text-xs">{view.version}</code>
        </dd>
        <dt className="text-muted">Features</dt>
        <dd>{count(view.features.length)}</dd>
        <dt className="text-muted">Read by</dt>
        <dd>
          {readers.length === 0
            ? "no model yet; the next training uses it"
            : readers.slice(0, MOST_NAMED).map((number, at) => (
                <span key={number}>
                  {at > 0 && ", "}
                  <Link className="text-accent hover:underline" href={`/models/${number}`}>
                    version {number}
                  </Link>
                </span>
              ))}
          {readers.length > MOST_NAMED && ` and ${plural(readers.length - MOST_NAMED, "other")}`}
        </dd>
        <dt className="text-muted">Figures from</dt>
        <dd>
          {model === null
            ? "none: a training measures them"
            : `${count(model.referenceRows)} payments, ${day(model.referenceFrom)} – ${day(lastDay(model.referenceTo))}, the newest that version ${model.number} learned from`}
        </dd>
      </dl>
    </Card>
  );
}

const MOST_NAMED = 6;

function lastDay(exclusive: string): Date {
  return new Date(new Date(exclusive).getTime() - 1);
}
