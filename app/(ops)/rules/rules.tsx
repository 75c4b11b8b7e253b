"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { SkeletonRows } from "#app/ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#app/ui/states.tsx";
import { DraftBar } from "./draft-bar.tsx";
import { ListEntries } from "./list-entries.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import { RuleTable } from "./rule-table.tsx";
import { type RuleTab, ruleParams, ruleTabs } from "./search-params.ts";
import type { RulesInForce } from "./types.ts";
import { useDraft } from "./use-draft.ts";
import { rulesReading } from "./words.ts";

const tabWords: Record<RuleTab, string> = { rules: "Rules", block: "Block list", allow: "Allow list" };

/** What decides before the policy: lists, and rules in words. */
export function Rules(): ReactNode {
  const trpc = useTRPC();
  const [{ tab }, setParams] = useQueryStates(ruleParams, { history: "push" });
  const query = useQuery(trpc.rule.inForce.queryOptions());
  const canWrite = useCan("rule:write");
  return (
    <>
      <PageHeader
        title="Rules"
        reading={query.data === undefined ? null : rulesReading(query.data)}
        actions={
          tab === "rules" && (
            <Button
              look="primary"
              disabled={!canWrite || query.data === undefined}
              title={canWrite ? undefined : "Changing rules needs the role lead, model owner or admin"}
              onClick={() => void setParams({ rule: "new" })}
            >
              Add a rule
            </Button>
          )
        }
      />
      <PageBody>
        <fieldset className="flex w-fit rounded-md border border-line bg-surface p-0.5">
          <legend className="sr-only">What to show</legend>
          {ruleTabs.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={tab === each}
              onClick={() => void setParams({ tab: each, rule: null, kind: null, value: null })}
              className={classNames(
                "h-7 rounded px-2.5 text-muted hover:text-ink",
                "aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent",
              )}
            >
              {tabWords[each]}
            </button>
          ))}
        </fieldset>
        {tab !== "rules" ? (
          <ListEntries key={tab} list={tab} />
        ) : query.isPending ? (
          <Card padded={false}>
            <SkeletonRows rows={6} />
          </Card>
        ) : query.isError ? (
          <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
        ) : (
          <RuleWork inForce={query.data} />
        )}
      </PageBody>
    </>
  );
}

function RuleWork({ inForce }: { inForce: RulesInForce }): ReactNode {
  const [{ rule }, setParams] = useQueryStates(ruleParams, { history: "push" });
  const work = useDraft(inForce);
  const open = work.rules.find(({ id }) => id === rule) ?? null;
  const close = (): void => {
    work.reset();
    void setParams({ rule: null });
  };
  return (
    <>
      {inForce.troubles.length > 0 && (
        <ul role="alert" className="rounded-lg border border-line bg-decline-soft px-4 py-3 text-decline">
          {inForce.troubles.map((trouble) => (
            <li key={trouble}>{trouble}</li>
          ))}
        </ul>
      )}
      {inForce.draft !== null && <DraftBar draft={inForce.draft} active={inForce.active} />}
      <Card padded={false}>
        {work.rules.length === 0 ? (
          <EmptyState title="No rule yet" icon="rules">
            A rule says in a line which payments go to review or are declined whatever the model says. Let it
            watch first: its hits are counted and change nothing.
          </EmptyState>
        ) : (
          <RuleTable
            rules={work.rules}
            inForce={inForce.active?.rules ?? []}
            onOpen={({ id }) => void setParams({ rule: id })}
          />
        )}
      </Card>
      {(rule === "new" || open !== null) && <RuleEditor key={rule} rule={open} work={work} onClose={close} />}
    </>
  );
}
