"use client";
import type { ReactNode } from "react";
import { Input, Select } from "#app/ui/field.tsx";
import { useTypedText } from "#app/ui/use-typed-text.ts";
import { type AuditParams, actorKinds, auditParams, families } from "./search-params.ts";

const kindWords: Record<(typeof actorKinds)[number], string> = {
  user: "People",
  api_key: "API keys",
  job: "Jobs",
  system: "The system",
};

const actionOptions = [
  { value: "", label: "Any change" },
  ...families.map((family) => ({ value: family, label: `${family[0]?.toUpperCase()}${family.slice(1)}` })),
];
const kindOptions = [
  { value: "", label: "Anyone" },
  ...actorKinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
];

type AuditFiltersProps = { params: AuditParams; onChange: (change: Partial<AuditParams>) => void };

/** Who, what, and on which subject; all of it lives in the URL. */
export function AuditFilters({ params, onChange }: AuditFiltersProps): ReactNode {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="Kind of change"
        isLabelHidden
        options={actionOptions}
        value={params.action ?? ""}
        onValueChange={(value) => onChange({ action: auditParams.action.parse(value) })}
        className="w-36 max-sm:min-w-[40%] max-sm:flex-1"
      />
      <Select
        label="Kind of actor"
        isLabelHidden
        options={kindOptions}
        value={params.kind ?? ""}
        onValueChange={(value) => onChange({ kind: auditParams.kind.parse(value) })}
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
