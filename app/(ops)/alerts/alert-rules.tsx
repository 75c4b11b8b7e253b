"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { plural } from "#app/format/number.ts";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { SeverityBadge } from "./alert-list.tsx";
import { RuleForm } from "./rule-form.tsx";
import { alertParams } from "./search-params.ts";
import { type AlertRule, ruleWords } from "./words.ts";

/** Every rule with what it says; those who may change and switch them. */
export function AlertRules(): ReactNode {
  const trpc = useTRPC();
  const [{ rule: openId }, setParams] = useQueryStates(alertParams);
  const { data, error, refetch } = useQuery(trpc.alert.rules.queryOptions());
  const mayWrite = useCan("policy:write");
  const on = (data ?? []).filter(({ enabled }) => enabled).length;
  const open = data?.find(({ id }) => id === openId) ?? null;
  const close = (): void => void setParams({ rule: null });
  return (
    <Card
      padded={false}
      title={data === undefined ? "Rules" : `${plural(on, "rule")} of ${data.length} switched on`}
      actions={
        mayWrite && (
          <Button size="small" onClick={() => void setParams({ rule: "new" })}>
            Add a rule
          </Button>
        )
      }
    >
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows rows={6} />}
      {data?.length === 0 && (
        <EmptyState title="No rule yet">
          The worker adds those that Assay comes with when it first runs.
        </EmptyState>
      )}
      <ul aria-label="Rules of alerts">
        {data?.map((row) => (
          <RuleRow key={row.id} row={row} onChange={() => void setParams({ rule: row.id })} />
        ))}
      </ul>
      <Dialog
        open={mayWrite && (openId === "new" || open !== null)}
        onOpenChange={(isOpen) => {
          if (!isOpen) close();
        }}
        title={open === null ? "Add a rule" : `Change “${open.rule.name}”`}
      >
        <RuleForm key={openId} saved={open} onDone={close} />
      </Dialog>
    </Card>
  );
}

function RuleRow({ row, onChange }: { row: AlertRule; onChange: () => void }): ReactNode {
  const mayWrite = useCan("policy:write");
  const { rule, enabled, failure } = row;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2 font-medium">
          {rule.name} <SeverityBadge alert={rule} />
          {!enabled && <Badge>Off</Badge>}
          {rule.retrains && <Badge tone="accent">Retrains</Badge>}
        </div>
        <p className="text-muted">
          {ruleWords(rule)}; then quiet for {rule.cooldownHours} h
        </p>
        {failure !== null && <p className="text-decline">It could not be judged: {failure}</p>}
      </div>
      {mayWrite && (
        <div className="flex gap-1">
          <Button look="quiet" size="small" aria-label={`Change ${rule.name}`} onClick={onChange}>
            Change
          </Button>
          <SwitchButton row={row} />
        </div>
      )}
    </li>
  );
}

function SwitchButton({ row }: { row: AlertRule }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.alert.changeRule.mutationOptions({
      onError: (error) => toast.error(error.message),
      onSettled: () => queryClient.invalidateQueries(trpc.alert.pathFilter()),
    }),
  );
  const word = row.enabled ? "Switch off" : "Switch on";
  const { id: ruleId, version, rule, enabled } = row;
  return (
    <Button
      look="quiet"
      size="small"
      disabled={change.isPending}
      aria-label={`${word} ${rule.name}`}
      onClick={() => change.mutate({ ruleId, version, rule, enabled: !enabled })}
    >
      {word}
    </Button>
  );
}
