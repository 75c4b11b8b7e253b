"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/field.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { Choice, Choices, toggled } from "./choices.tsx";
import { capitalised, imbalanceWords } from "./words.ts";

type Options = inferRouterInputs<AppRouter>["training"]["start"];
type Family = NonNullable<Options["families"]>[number];
type Method = NonNullable<Options["imbalanceMethods"]>[number];

/** Every family that can be trained; a new one breaks the build here until it is described. */
const familyChoices: Record<Family, { name: string; what: string }> = {
  rules: { name: "Rules baseline", what: "a few rules of thumb: what any model has to beat" },
  isolation_forest: {
    name: "Isolation forest",
    what: "how unusual a payment is; reads no labels, for the first weeks",
  },
  logistic_regression: {
    name: "Logistic regression",
    what: "weighted features; seconds to train, easy to explain",
  },
  gradient_boosting: {
    name: "Gradient boosting",
    what: "many small trees in turn; strong on tables, a minute to train",
  },
  neural_network: { name: "Neural network", what: "TensorFlow.js; finds combinations, takes minutes" },
  ensemble: {
    name: "Ensemble",
    what: "the others weighed together; kept where that is better than each alone",
  },
};
const families = Object.keys(familyChoices) as Family[];

const methodChoices: Record<Method, string> = {
  none: "every payment counts the same",
  class_weight: "a fraud weighs more than a good payment",
  focal: "payments that are judged well already weigh less; boosted trees and network",
  under_sampling: "only a share of the good payments is learned from; the quickest",
  balanced_bagging: "several fits, each on all frauds and other good payments",
};
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
