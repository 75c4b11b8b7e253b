"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input, Select } from "#app/ui/field.tsx";
import { conditionProblem } from "#server/domain/rule/compile-condition.ts";
import { forcesApproval, type Rule, RuleStatus, ruleStatuses } from "#server/domain/rule/rule-set.ts";
import { ConditionInput } from "./condition-input.tsx";
import { NameList } from "./name-list.tsx";
import { TestRules } from "./test-result.tsx";
import type { DraftWork } from "./use-draft.ts";
import { effects, effectWords, statusLook } from "./words.ts";

type RuleEditorProps = {
  /** null: a new one */
  rule: Rule | null;
  work: DraftWork;
  onClose: () => void;
};

/** One rule: what it looks for, what it does, and what it would have done lately. */
export function RuleEditor({ rule, work, onClose }: RuleEditorProps): ReactNode {
  const title = rule === null ? "A new rule" : rule.name;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      description="Changes go to the draft, which decides once it is activated"
      place="side"
    >
      <RuleForm rule={rule} work={work} onClose={onClose} />
    </Dialog>
  );
}

function RuleForm({ rule, work, onClose }: RuleEditorProps): ReactNode {
  const canWrite = useCan("rule:write");
  const mayApprove = useCan("rule:force_approve");
  const [edited, setEdited] = useState<Rule>(() => rule ?? newRule());
  const [place, setPlace] = useState(() => placeOf(rule, work.rules));
  const problem = useProblem(edited.condition);
  const set = (change: Partial<Rule>): void => setEdited((before) => ({ ...before, ...change }));
  const others = work.rules.filter(({ id }) => id !== edited.id);
  const after = [...others.slice(0, place), edited, ...others.slice(place)];
  const isComplete = problem === null && edited.name.trim() !== "" && edited.condition.trim() !== "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    work.save(after, onClose);
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <Input
        label="Name"
        hint="Callers and analysts see it when the rule hits"
        value={edited.name}
        onChange={(event) => set({ name: event.target.value })}
        maxLength={80}
        disabled={!canWrite}
        required
      />
      <ConditionInput
        value={edited.condition}
        onChange={(condition) => set({ condition })}
        problem={edited.condition.trim() === "" ? null : problem}
        isDisabled={!canWrite}
      />
      <NameList onPick={(name) => set({ condition: `${edited.condition}${name} ` })} isDisabled={!canWrite} />
      <div className="grid gap-3 sm:grid-cols-3">
        <Select
          label="Then"
          options={effects
            .filter((effect) => mayApprove || !forcesApproval({ ...edited, effect, status: "active" }))
            .map((effect) => ({ value: String(effects.indexOf(effect)), label: effectWords(effect) }))}
          value={String(effects.findIndex((effect) => effectWords(effect) === effectWords(edited.effect)))}
          onValueChange={(picked) => set({ effect: effects[Number(picked)] ?? edited.effect })}
          disabled={!canWrite}
        />
        <Select
          label="Status"
          options={ruleStatuses.map((value) => ({ value, label: statusLook[value].word }))}
          value={edited.status}
          onValueChange={(picked) => set({ status: RuleStatus.parse(picked) })}
          disabled={!canWrite}
        />
        <Select
          label="Place in the order"
          options={after.map((_, i) => ({ value: String(i), label: String(i + 1) }))}
          value={String(place)}
          onValueChange={(picked) => setPlace(Number(picked))}
          disabled={!canWrite}
        />
      </div>
      <TestRules rules={after} only={edited.id} isDisabled={!isComplete} />
      {work.error !== null && (
        <p role="alert" className="text-decline">
          {work.error}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {rule !== null && (
          <Button
            look="quiet"
            className="mr-auto"
            disabled={!canWrite || work.isSaving}
            onClick={() => work.save(others, onClose)}
          >
            Remove the rule
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={!canWrite || !isComplete || work.isSaving}>
          Save in the draft
        </Button>
      </div>
    </form>
  );
}

/** A new rule watches first. */
function newRule(): Rule {
  return {
    id: randomId(),
    name: "",
    condition: "",
    effect: { kind: "raise", outcome: "review" },
    status: "monitor",
  };
}

/** A UUID of version 4; crypto.randomUUID is there on secure pages alone, and Assay may run inside a network. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function placeOf(rule: Rule | null, rules: readonly Rule[]): number {
  return rule === null ? rules.length : rules.findIndex(({ id }) => id === rule.id);
}

/** What is wrong with a condition; null until the features are known, since the server checks again. */
function useProblem(condition: string): ReturnType<typeof conditionProblem> {
  const trpc = useTRPC();
  const { data: features } = useQuery(trpc.rule.features.queryOptions(undefined, { staleTime: 300_000 }));
  const deferred = useDeferredValue(condition);
  return useMemo(
    () => (features === undefined ? null : conditionProblem(deferred, { features })),
    [features, deferred],
  );
}
