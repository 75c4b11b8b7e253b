"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import type { Policy } from "#server/domain/policy.ts";
import { PolicyComparison } from "./policy-comparison.tsx";
import { draftOfPolicy, policyOf } from "./policy-draft.ts";
import { PolicyForm } from "./policy-form.tsx";
import type { PolicyVersion } from "./types.ts";
import { usePolicyWrites } from "./use-policy-writes.ts";

type PolicyEditorProps = {
  /** where it starts: a draft that is changed, or the version that a new draft is made from */
  from: PolicyVersion;
  active: PolicyVersion;
  onOpen: (id: string) => void;
  onDone: () => void;
};

/** A draft: changed, kept, compared with the policy in force, and put in force or handed to a second person. */
export function PolicyEditor({ from, active, onOpen, onDone }: PolicyEditorProps): ReactNode {
  const [draft, setDraft] = useState(() => draftOfPolicy(from.policy));
  const [areErrorsShown, setErrorsShown] = useState(false);
  const [compared, setCompared] = useState<Policy | null>(null);
  const { save, activate, discard, isPending } = usePolicyWrites();
  const read = policyOf(draft);
  const errors = areErrorsShown ? (read.errors ?? {}) : {};
  const draftId = from.status === "draft" ? from.id : null;
  const withPolicy = (work: (policy: Policy) => void): void => {
    setErrorsShown(true);
    if (read.policy !== null) work(read.policy);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    withPolicy((policy) => save({ policy, id: draftId }, ({ id }) => onOpen(id)));
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <PolicyForm draft={draft} errors={errors} onChange={setDraft} />
      {areErrorsShown && read.errors !== null && (
        <p role="alert" className="text-decline">
          {read.errors.form ?? "Some fields need another look."}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
        <Button type="submit" look="primary" disabled={isPending}>
          Save as a draft
        </Button>
        <Button onClick={() => withPolicy(setCompared)}>Compare with the policy in force</Button>
        <Button look="quiet" onClick={onDone}>
          Close
        </Button>
        {draftId !== null && (
          <Button look="quiet" disabled={isPending} onClick={() => discard(draftId, onDone)}>
            Discard the draft
          </Button>
        )}
      </div>
      {compared !== null && (
        <PolicyComparison
          policy={compared}
          active={active}
          isChanged={JSON.stringify(read.policy) !== JSON.stringify(compared)}
          isPending={isPending}
          onActivate={() => {
            const choice = draftId === null ? {} : { draftId };
            activate({ policy: compared, expectedActiveId: active.id, ...choice }, onDone);
          }}
        />
      )}
    </form>
  );
}
