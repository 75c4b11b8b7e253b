"use client";
import type { ReactNode } from "react";
import { Select } from "#app/ui/field.tsx";
import { statusWords } from "../models/words.ts";
import { isoDate, type WindowParams, windowParams } from "./search-params.ts";
import type { WindowView } from "./types.ts";

const windowOptions = [
  { value: "matured", label: "Last 30 matured days" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
  { value: "90", label: "Last 90 days" },
  { value: "custom", label: "From … to …" },
];
const basisOptions = [
  { value: "mature", label: "Mature labels" },
  { value: "labelled", label: "All labels so far" },
];

type WindowControlsProps = {
  params: WindowParams;
  /** as it was resolved; null while it loads */
  shown: WindowView | null;
  onChange: (change: Partial<WindowParams>) => void;
};

/** Window, labels and model version: all of it lives in the URL. */
export function WindowControls({ params, shown, onChange }: WindowControlsProps): ReactNode {
  const choose = (value: string): void => {
    const window = windowParams.window.parse(value) ?? "matured";
    onChange(window === "custom" ? { window, ...spanOf(params, shown) } : { window, from: null, to: null });
  };
  return (
    <>
      <Select
        label="Window"
        isLabelHidden
        options={windowOptions}
        value={params.window}
        onValueChange={choose}
        className="w-44 max-sm:flex-1"
      />
      {params.window === "custom" && <CustomSpan params={params} onChange={onChange} />}
      <Select
        label="Labels that count"
        isLabelHidden
        options={basisOptions}
        value={params.basis}
        onValueChange={(value) => onChange({ basis: windowParams.basis.parse(value) ?? "mature" })}
        className="w-36 max-sm:flex-1"
      />
      <Select
        label="Model version"
        isLabelHidden
        options={versionOptions(shown)}
        value={params.version === "auto" ? (shown?.versionId ?? "all") : params.version}
        onValueChange={(version) => onChange({ version })}
        className="w-48 max-sm:flex-1"
      />
    </>
  );
}

type CustomSpanProps = { params: WindowParams; onChange: (change: Partial<WindowParams>) => void };

function CustomSpan({ params, onChange }: CustomSpanProps): ReactNode {
  const change = (name: "from" | "to", value: string): void => {
    const day = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(day.getTime())) onChange({ [name]: day });
  };
  return (
    <span className="flex items-center gap-1">
      {(["from", "to"] as const).map((name) => (
        <input
          key={name}
          type="date"
          aria-label={name === "from" ? "First day (UTC)" : "Last day (UTC)"}
          value={isoDate(params[name]) ?? ""}
          onChange={(event) => change(name, event.target.value)}
          className="h-8 rounded-md border border-line-strong/60 bg-surface px-2"
        />
      ))}
    </span>
  );
}

/** A window of one's own starts with what was shown before. */
function spanOf(params: WindowParams, shown: WindowView | null): Partial<WindowParams> {
  if (shown === null) return { from: params.from, to: params.to };
  return { from: new Date(shown.from), to: new Date(new Date(shown.to).getTime() - 1) };
}

function versionOptions(shown: WindowView | null): { value: string; label: string }[] {
  const versions = (shown?.versions ?? []).map((version) => ({
    value: version.id,
    label: `Version ${version.number}, ${statusWords[version.status].label}`,
  }));
  return [{ value: "all", label: "All versions as served" }, ...versions];
}
