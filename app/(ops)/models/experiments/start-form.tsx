"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input, Select } from "#app/ui/field.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { searchMetricWords } from "#server/domain/search-metric.ts";
import { Choice, Choices, toggled } from "../choices.tsx";
import { familyChoices, type Method, methodChoices } from "../family-choices.ts";
import { capitalised, imbalanceWords } from "../words.ts";
import { problemOf } from "./draft.ts";

type Asked = inferRouterInputs<AppRouter>["experiment"]["start"];
type Family = Asked["families"][number];
type Metric = NonNullable<Asked["metric"]>;

const families = ["gradient_boosting", "neural_network", "logistic_regression", "rules"] as const;
const methods = Object.keys(methodChoices) as Method[];
const metrics = Object.entries(searchMetricWords).map(([value, label]) => ({
  value,
  label: capitalised(label),
}));

/** What an experiment searches, by what, and for how long: all said before it starts. */
export function StartForm({ onClose }: { onClose: () => void }): ReactNode {
  const [metric, setMetric] = useState<Metric>("average_precision");
  const [chosen, setChosen] = useState<readonly Family[]>(families);
  const [tried, setTried] = useState<readonly Method[]>(["none", "class_weight", "under_sampling"]);
  const [figures, setFigures] = useState({ trials: "27", minutes: "20", seed: "1" });
  const start = useStart(onClose);
  const problem = problemOf({ families: chosen, methods: tried, ...figures });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem !== null) return;
    start.mutate({
      metric,
      families: [...chosen],
      imbalanceMethods: [...tried],
      trials: Number(figures.trials),
      budgetMinutes: Number(figures.minutes),
      seed: Number(figures.seed),
    });
  };
  const figure = (name: keyof typeof figures, label: string, hint: string): ReactNode => (
    <Input
      label={label}
      inputMode="decimal"
      value={figures[name]}
      onChange={(event) => setFigures({ ...figures, [name]: event.target.value })}
      hint={hint}
    />
  );
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Select
          label="Compared by"
          value={metric}
          options={metrics}
          onValueChange={(value) => setMetric(value as Metric)}
          hint="On the validation days; cannot be changed later"
        />
        {figure("minutes", "Minutes", "Of searching; the winner's training comes on top")}
        {figure("trials", "Configurations", "At most; a third of them goes on from each rung")}
        {figure("seed", "Seed", "The same seed draws the same configurations")}
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <Choices legend="Families">
          {families.map((family) => (
            <Choice
              key={family}
              {...familyChoices[family]}
              isChosen={chosen.includes(family)}
              onToggle={() => setChosen(toggled(chosen, family))}
            />
          ))}
        </Choices>
        <Choices legend="What to do about frauds being rare">
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
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p aria-live="polite" className="flex-1 basis-48 text-xs text-decline">
          {problem}
        </p>
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" look="primary" disabled={problem !== null || start.isPending}>
          Start the experiment
        </Button>
      </div>
    </form>
  );
}

function useStart(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation(
    trpc.experiment.start.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose();
        router.push(`/models/experiments/${id}`);
        await Promise.all([
          queryClient.invalidateQueries(trpc.training.pathFilter()),
          queryClient.invalidateQueries(trpc.experiment.list.pathFilter()),
        ]);
      },
      onError: (error) => toast.error(error.message),
    }),
  );
}
