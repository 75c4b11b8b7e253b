"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import { ErrorState } from "#app/ui/states.tsx";
import { saveAs } from "../../cases/file-content.ts";
import type { ModelCardView } from "../types.ts";

/** What somebody who answers for the version has to know beside its figures, to be read here or kept. */
export function ModelCard({ number }: { number: number }): ReactNode {
  const trpc = useTRPC();
  const query = useQuery(trpc.model.card.queryOptions({ number }, { staleTime: 60_000 }));
  return (
    <Card title="Model card" actions={query.data === undefined ? null : <Downloads view={query.data} />}>
      {query.isPending ? (
        <Skeleton className="h-32" />
      ) : query.isError ? (
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      ) : (
        <Contents view={query.data} />
      )}
    </Card>
  );
}

function Downloads({ view: { card, markdown } }: { view: ModelCardView }): ReactNode {
  const name = `version-${card.version.number}`;
  const json = (value: object): Blob =>
    new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: "application/json" });
  const { manifest } = card.data;
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={() => saveAs(`${name}-card.json`, json(card))}>
        JSON
      </Button>
      <Button
        size="small"
        onClick={() => saveAs(`${name}-card.md`, new Blob([markdown], { type: "text/markdown" }))}
      >
        Markdown
      </Button>
      {manifest !== null && (
        <Button size="small" onClick={() => saveAs("manifest.json", json(manifest))}>
          Manifest
        </Button>
      )}
    </div>
  );
}

function Contents({ view: { card } }: { view: ModelCardView }): ReactNode {
  return (
    <div className="space-y-3">
      <Lines title="Intended use" lines={card.intendedUse} />
      <Lines title="Limits" lines={card.limits} />
      {card.data.manifest !== null && <Lines title="Rows" lines={rowsWords(card.data.manifest)} />}
      <div>
        <h3 className="text-xs font-medium text-muted">Making it again</h3>
        <code className="block overflow-x-auto rounded bg-sunken px-2 py-1 text-xs">{card.reproduction}</code>
      </div>
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }): ReactNode {
  return (
    <div>
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      <ul className="space-y-1">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function rowsWords(manifest: NonNullable<ModelCardView["card"]["data"]["manifest"]>): string[] {
  const sources = Object.entries(manifest.labelSources).map(
    ([source, { fraud, legitimate }]) =>
      `${source.replaceAll("_", " ")} ${fraud} fraud, ${legitimate} legitimate`,
  );
  const { declined, immature } = manifest.exclusions;
  return [
    `Labels by who gave them: ${sources.join("; ")}.`,
    `Left out: ${declined} declined without a label, ${immature} too young to be known.`,
  ];
}
