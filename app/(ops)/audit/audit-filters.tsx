"use client";
import type { ReactNode } from "react";
import { Input } from "#app/ui/field.tsx";
import { FilterSelect } from "#app/ui/filter-select.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";
import { type AuditParams, actorKinds, families } from "./search-params.ts";

const kindWords: Record<(typeof actorKinds)[number], string> = {
  user: "People",
  api_key: "API keys",
  job: "Jobs",
  system: "The system",
};

const actions = families.map((value) => ({ value, label: `${value[0]?.toUpperCase()}${value.slice(1)}` }));
const kinds = actorKinds.map((value) => ({ value, label: kindWords[value] }));

type AuditFiltersProps = { params: AuditParams; onChange: (change: Partial<AuditParams>) => void };

/** Who, what, and on which subject; all of it lives in the URL. */
export function AuditFilters({ params, onChange }: AuditFiltersProps): ReactNode {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterSelect
        label="Kind of change"
        any="Any change"
        choices={actions}
        value={params.action}
        onChange={(action) => onChange({ action })}
        className="w-36 max-sm:min-w-[40%] max-sm:flex-1"
      />
      <FilterSelect
        label="Kind of actor"
        any="Anyone"
        choices={kinds}
        value={params.kind}
        onChange={(kind) => onChange({ kind })}
        className="w-36 max-sm:min-w-[40%] max-sm:flex-1"
      />
      <SlowInput label="Name of who did it" value={params.actor} onChange={(actor) => onChange({ actor })} />
      <SlowInput
        label="Id of the subject"
        value={params.subject}
        onChange={(subject) => onChange({ subject })}
      />
    </div>
  );
}

/** Tells what was typed when the typing pauses. */
function SlowInput(props: { label: string; value: string; onChange: (value: string) => void }): ReactNode {
  const { label, value, onChange } = props;
  const [text, setText] = useTypedText(value, onChange);
  return (
    <Input
      label={label}
      isLabelHidden
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      className="w-52 max-sm:min-w-[40%] max-sm:flex-1"
    />
  );
}
