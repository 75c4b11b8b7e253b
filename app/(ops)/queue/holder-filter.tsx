"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSession } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Select } from "#app/ui/field.tsx";

type HolderFilterProps = {
  value: string | null;
  onChange: (value: string | null) => void;
  className: string;
};

/** Whose cases: by assignment, or by a claim that still counts. */
export function HolderFilter({ value, onChange, className }: HolderFilterProps): ReactNode {
  const trpc = useTRPC();
  const { id: me } = useSession();
  const { data: people = [] } = useQuery(trpc.case.people.queryOptions(undefined, { staleTime: 60_000 }));
  const others = people.filter((person) => person.works && person.id !== me);
  return (
    <Select
      label="Who has it"
      isLabelHidden
      options={[
        { value: "", label: "Anyone's" },
        { value: "free", label: "Nobody's" },
        { value: "mine", label: "Mine" },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value ?? ""}
      onValueChange={(picked) => onChange(picked === "" ? null : picked)}
      className={className}
    />
  );
}
