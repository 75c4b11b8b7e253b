"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useCan } from "#app/shell/session-context.tsx";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { Input } from "#app/ui/field.tsx";
import type { AppRouter } from "#server/api/root.ts";

type Family = NonNullable<inferRouterInputs<AppRouter>["training"]["start"]["families"]>[number];

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

/** Opens the options of a training; says why where it can't. */
export function TrainButton({ isBusy }: { isBusy: boolean }): ReactNode {
  const canTrain = useCan("model:train");
  const [isOpen, setOpen] = useState(false);
  const reason = !canTrain
    ? "Training needs the role model owner or admin"
    : isBusy
      ? "A training is under way already"
      : undefined;
  return (
    <>
      <Button look="primary" disabled={reason !== undefined} title={reason} onClick={() => setOpen(true)}>
        Train a new model
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Train a new model"
        description="Reads every labelled payment so far. The result is a candidate: nothing changes until a person promotes it."
      >
        <TrainForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function TrainForm({ onDone }: { onDone: () => void }): ReactNode {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<readonly Family[]>(families);
  const [seed, setSeed] = useState("1");
  const isSeed = /^\d{1,9}$/.test(seed);
  const start = useMutation(
    trpc.training.start.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.training.pathFilter());
        onDone();
      },
      onError: (error) => toast.error(error.message),
    }),
  );
  const toggle = (family: Family): void =>
    setChosen(chosen.includes(family) ? chosen.filter((each) => each !== family) : [...chosen, family]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isSeed && chosen.length > 0) start.mutate({ families: [...chosen], seed: Number(seed) });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <fieldset className="space-y-2">
        <legend className="mb-1 text-xs font-medium text-muted">
          Families to try; the best on the validation days becomes the candidate
        </legend>
        {families.map((family) => (
          <label key={family} className="flex cursor-pointer items-start gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(family)}
              onChange={() => toggle(family)}
              className="mt-1 accent-(--accent)"
            />
            <span>
              <span className="font-medium">{familyChoices[family].name}</span>
              <span className="block text-xs text-muted">{familyChoices[family].what}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Input
        label="Seed"
        inputMode="numeric"
        value={seed}
        onChange={(event) => setSeed(event.target.value)}
        hint="The same payments and the same seed give the same model."
        error={isSeed ? undefined : "A whole number of at most 9 digits"}
        className="w-48"
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Not now</Button>
        <Button type="submit" look="primary" disabled={!isSeed || chosen.length === 0 || start.isPending}>
          Start training
        </Button>
      </div>
    </form>
  );
}
