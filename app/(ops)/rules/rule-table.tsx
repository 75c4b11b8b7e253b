"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { count } from "#app/format/number.ts";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { columnsOf, DataTable } from "#app/ui/data-table.tsx";
import { Skeleton } from "#app/ui/skeleton.tsx";
import type { Rule } from "#server/domain/rule/rule-set.ts";
import { effectWords, statusLook } from "./words.ts";

type Row = { readonly place: number; readonly rule: Rule; readonly isChanged: boolean };

const column = columnsOf<Row>();

type RuleTableProps = {
  rules: readonly Rule[];
  inForce: readonly Rule[];
  onOpen: (rule: Rule) => void;
};

/** Rules in their order, each with what it does and how often it hit. */
export function RuleTable({ rules, inForce, onOpen }: RuleTableProps): ReactNode {
  const rows = useMemo(() => {
    const known = new Map(inForce.map((rule) => [rule.id, JSON.stringify(rule)]));
    return rules.map((rule, i) => ({
      place: i + 1,
      rule,
      isChanged: known.get(rule.id) !== JSON.stringify(rule),
    }));
  }, [rules, inForce]);
  return (
    <DataTable
      caption="Rules in their order"
      columns={columns}
      rows={rows}
      rowKey={({ rule }) => rule.id}
      onOpen={({ rule }) => onOpen(rule)}
    />
  );
}

const columns = column.columns([
  column.accessor("place", { header: "No.", meta: { from: "sm" } }),
  column.accessor("rule", {
    id: "name",
    header: "Rule",
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-2 font-medium">
        <span className="max-w-40 truncate sm:max-w-64">{original.rule.name}</span>
        {original.isChanged && <Badge tone="accent">draft</Badge>}
      </span>
    ),
  }),
  column.accessor("rule", {
    id: "condition",
    header: "When",
    meta: { from: "lg" },
    cell: (cell) => (
      <code className="block max-w-md truncate text-xs" title={cell.getValue().condition}>
        {cell.getValue().condition}
      </code>
    ),
  }),
  column.accessor("rule", {
    id: "effect",
    header: "Then",
    meta: { from: "md" },
    cell: (cell) => effectWords(cell.getValue().effect),
  }),
  column.accessor("rule", {
    id: "status",
    header: "Status",
    cell: (cell) => {
      const { word, shape, tone } = statusLook[cell.getValue().status];
      return (
        <Badge tone={tone} shape={shape}>
          {word}
        </Badge>
      );
    },
  }),
  column.accessor("rule", {
    id: "hits",
    header: "Hits in 24 h",
    meta: { align: "end" },
    cell: (cell) => <Hits id={cell.getValue().id} />,
  }),
]);

function Hits({ id }: { id: string }): ReactNode {
  const trpc = useTRPC();
  const { data, isError } = useQuery(trpc.rule.hits.queryOptions());
  if (isError) return <span title="The hits could not be counted">–</span>;
  if (data === undefined) return <Skeleton className="ml-auto h-3 w-8" />;
  const hits = count(data.hits[id] ?? 0);
  return data.capped ? <span title="Only the newest hits are counted">{hits}+</span> : hits;
}
