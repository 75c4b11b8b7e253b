"use client";
import type { ReactNode } from "react";
import { Input } from "#app/ui/field.tsx";
import type { CostModel } from "#server/domain/cost.ts";
import type { Errors, FiguresDraft } from "./policy-draft.ts";
import { figureWords } from "./policy-words.ts";

const order = [
  "lossRate",
  "chargebackFeeMinor",
  "marginRate",
  "frictionCostMinor",
  "reviewCostMinor",
  "missRate",
  "delayCostMinor",
] as const satisfies readonly (keyof CostModel)[];

type PolicyFiguresProps = {
  figures: FiguresDraft;
  /** where its errors stand */
  path: string;
  errors: Errors;
  onChange: (figures: FiguresDraft) => void;
};

/** The figures that say what each way of being right or wrong costs. */
export function PolicyFigures({ figures, path, errors, onChange }: PolicyFiguresProps): ReactNode {
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {order.map((field) => (
        <Input
          key={field}
          {...figureWords[field]}
          inputMode="decimal"
          value={figures[field]}
          error={errors[`${path}.${field}`]}
          onChange={(event) => onChange({ ...figures, [field]: event.target.value })}
        />
      ))}
    </div>
  );
}
