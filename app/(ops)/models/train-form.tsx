"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";
import { Choice, Choices, toggled } from "./choices.tsx";
import { type Family, familyChoices, type Method, methodChoices } from "./family-choices.ts";
import { capitalised, imbalanceWords } from "./words.ts";

const families = Object.keys(familyChoices) as Family[];
const methods = Object.keys(methodChoices) as Method[];

const isSeed = (text: string): boolean => /^\d{1,9}$/.test(text);

/** What a training tries. Everything is compared on days before the test days, and one candidate comes of it. */
export function TrainForm({ onDone }: { onDone: () => void }): ReactNode {
  const [chosen, setChosen] = useState<readonly Family[]>(families);
  const [tried, setTried] = useState<readonly Method[]>(["under_sampling"]);
  const [isSearch, setSearch] = useState(false);
  const [seed, setSeed] = useState("1");
  const start = useStart(onDone);
  const problem = problemOf(chosen, tried);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem !== null || !isSeed(seed)) return;
    start.mutate({
      families: [...chosen],
      imbalanceMethods: [...tried],
      search: isSearch ? "on" : "off",
      seed: Number(seed),
    });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="grid gap-4 md:grid-cols-2">
        <Choices legend="Families to try; the best on the validation days becomes the candidate">
          {families.map((family) => (
            <Choice
              key={family}
              name={familyChoices[family].name}
              what={familyChoices[family].what}
              isChosen={chosen.includes(family)}
              onToggle={() => setChosen(toggled(chosen, family))}
            />
          ))}
        </Choices>
        <div className="space-y-4">
          <Choices legend="What to do about frauds being rare; several are compared">
            {methods.map((method) => (
              <Choice
                key={method}
                name={capitalised(imbalanceWords(method))}
                what={methodChoices[method]}
                isChosen={tried.includes(method)}
                onToggle={() => setTried(toggled(tried, method))}
              />
            ))}
          </Choices>
          <Choices legend="Search">
            <Choice
              name="Try variants of each family"
              what="other depths, penalties and sizes, compared over three folds; takes several times as long"
              isChosen={isSearch}
              onToggle={() => setSearch(!isSearch)}
            />
          </Choices>
          <Input
            label="Seed"
            inputMode="numeric"
            value={seed}
            onChange={(event) => setSeed(event.target.value)}
            hint="The same payments, options and seed give the same model."
            error={isSeed(seed) ? undefined : "A whole number of at most 9 digits"}
            className="w-full"
          />
        </div>
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p aria-live="polite" className="flex-1 basis-48 text-xs text-decline">
          {problem}
        </p>
        <Button onClick={onDone}>Not now</Button>
        <Button type="submit" look="primary" disabled={!isSeed(seed) || problem !== null || start.isPending}>
          Start training
        </Button>
      </div>
    </form>
  );
}

function problemOf(chosen: readonly Family[], tried: readonly Method[]): string | null {
  if (chosen.length === 0) return "Choose at least one family.";
  if (tried.length === 0) return "Choose at least one way to treat rare frauds.";
  if (chosen.includes("ensemble") && chosen.length < 3) return "An ensemble needs two other families.";
  return null;
}

function useStart(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.training.start.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.training.pathFilter());
        onDone();
      },
      onError: (error) => toast.error(error.message),
    }),
  );
}
