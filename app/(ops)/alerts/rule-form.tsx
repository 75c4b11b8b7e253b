"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "#app/trpc/client.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input, Select } from "#app/ui/field.tsx";
import { AlertRuleBody, SeriesName, Severity, seriesNames, severities } from "#server/domain/alert.ts";
import { seriesInfo } from "#server/domain/alert-series.ts";
import { type AlertRule, ruleWords, severityLook } from "./words.ts";

const fresh: AlertRuleBody = AlertRuleBody.parse({
  name: "New rule",
  series: "review_share",
  kind: "threshold",
  limit: 0.05,
  severity: "warning",
});
const kinds = [
  { value: "threshold", label: "passes a limit" },
  { value: "change", label: "changes on a week before" },
  { value: "absence", label: "is absent" },
];
const directions = [
  { value: "above", label: "above" },
  { value: "below", label: "below" },
];

/** Shares and changes are typed in percent. */
function scaleOf({ kind, series }: AlertRuleBody): number {
  return kind === "change" || seriesInfo[series].unit === "share" ? 100 : 1;
}

/** A rule's fields, and the sentence that they make. */
export function RuleForm({ saved, onDone }: { saved: AlertRule | null; onDone: () => void }): ReactNode {
  const [rule, setRule] = useState<AlertRuleBody>({ ...(saved?.rule ?? fresh) });
  const { save, isPending, error } = useSave(saved, onDone);
  const isMoment = seriesInfo[rule.series].every === "moment";
  const set = (part: Partial<AlertRuleBody>): void => setRule({ ...rule, ...part });
  const setSeries = (series: SeriesName): void => {
    const moment = seriesInfo[series].every === "moment";
    set({ series, ...(moment ? { kind: "threshold" as const, windows: 1 } : {}) });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save(rule);
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <Input
        label="Name"
        value={rule.name}
        maxLength={120}
        required
        onChange={(event) => set({ name: event.target.value })}
      />
      <Select
        label="When"
        options={seriesNames.map((value) => ({ value, label: seriesInfo[value].label }))}
        value={rule.series}
        onValueChange={(value) => setSeries(SeriesName.parse(value))}
      />
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="Does what"
          options={isMoment ? kinds.slice(0, 1) : kinds}
          value={rule.kind}
          onValueChange={(value) => set({ kind: AlertRuleBody.shape.kind.parse(value) })}
        />
        {rule.kind !== "absence" && (
          <Select
            label="Which way"
            options={directions}
            value={rule.direction}
            onValueChange={(value) => set({ direction: value === "below" ? "below" : "above" })}
          />
        )}
        {rule.kind !== "absence" && (
          <NumberField
            key={scaleOf(rule)} // what stands in it is in another unit now
            label={scaleOf(rule) === 100 ? "Limit, in percent" : "Limit"}
            value={rule.limit * scaleOf(rule)}
            step="any"
            onValue={(limit) => set({ limit: limit / scaleOf(rule) })}
          />
        )}
        {!isMoment && (
          <NumberField
            label={`${seriesInfo[rule.series].every === "week" ? "Weeks" : "Days"} in a row`}
            value={rule.windows}
            most={8}
            least={1}
            onValue={(windows) => set({ windows })}
          />
        )}
        <NumberField
          label={`Least ${seriesInfo[rule.series].of}`}
          value={rule.leastSample}
          least={0}
          onValue={(leastSample) => set({ leastSample })}
        />
        <NumberField
          label="Then quiet for, hours"
          value={rule.cooldownHours}
          least={0}
          most={720}
          onValue={(cooldownHours) => set({ cooldownHours })}
        />
        <Select
          label="How bad"
          options={severities.map((value) => ({ value, label: severityLook[value].word }))}
          value={rule.severity}
          onValueChange={(value) => set({ severity: Severity.parse(value) })}
        />
      </div>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={rule.retrains}
          onChange={(event) => set({ retrains: event.target.checked })}
        />
        Ask for a training when it fires
      </label>
      <p className="text-muted">{ruleWords(rule)}.</p>
      {error !== null && (
        <p role="alert" className="text-decline">
          {error}
        </p>
      )}
      <Button type="submit" look="primary" disabled={isPending}>
        Save
      </Button>
    </form>
  );
}

type NumberFieldProps = {
  label: string;
  value: number;
  least?: number;
  most?: number;
  step?: "any";
  onValue: (value: number) => void;
};

function NumberField({ label, value, least, most, step, onValue }: NumberFieldProps): ReactNode {
  return (
    <Input
      label={label}
      type="number"
      required
      min={least}
      max={most}
      step={step}
      defaultValue={Number(value.toPrecision(12))}
      onChange={(event) => {
        const typed = event.target.valueAsNumber;
        if (Number.isFinite(typed)) onValue(typed);
      }}
    />
  );
}

function useSave(saved: AlertRule | null, onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = {
    onSuccess: (): void => {
      toast("The rule is saved.");
      onDone();
    },
    onSettled: (): Promise<void> => queryClient.invalidateQueries(trpc.alert.pathFilter()),
  };
  const create = useMutation(trpc.alert.createRule.mutationOptions(options));
  const change = useMutation(trpc.alert.changeRule.mutationOptions(options));
  return {
    save: (rule: AlertRuleBody): void => {
      if (saved === null) create.mutate({ rule });
      else change.mutate({ ruleId: saved.id, version: saved.version, rule, enabled: saved.enabled });
    },
    isPending: create.isPending || change.isPending,
    error: create.error?.message ?? change.error?.message ?? null,
  };
}
