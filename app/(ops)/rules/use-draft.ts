"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import type { Rule } from "#server/domain/rule/rule-set.ts";
import type { RulesInForce } from "./types.ts";

export type DraftWork = {
  /** the rules that are worked on: the draft's, or those in force while there is none */
  readonly rules: readonly Rule[];
  readonly isSaving: boolean;
  readonly error: string | null;
  save(rules: readonly Rule[], onSaved: () => void): void;
  reset(): void;
};

/** Changes of rules go to the draft; the first one makes it of the rules in force. */
export function useDraft({ active, draft }: RulesInForce): DraftWork {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.rule.saveDraft.mutationOptions({
      onSuccess: () => toast("Saved in the draft. It decides once it is activated."),
      onSettled: () => queryClient.invalidateQueries(trpc.rule.inForce.queryFilter()),
    }),
  );
  return {
    rules: (draft ?? active)?.rules ?? [],
    isSaving: save.isPending,
    error: save.error?.message ?? null,
    save(rules, onSaved) {
      const input = { rules: [...rules], expectedUpdatedAt: draft?.updatedAt ?? null };
      save.mutate(input, { onSuccess: onSaved });
    },
    reset: save.reset,
  };
}
