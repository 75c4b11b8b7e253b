"use client";
import type { ReactNode } from "react";
import { percent } from "#app/format/number.ts";
import { Dialog } from "#app/ui/dialog.tsx";
import type { FeatureView } from "../types.ts";
import { capitalised } from "../words.ts";
import { FeatureDistribution } from "./feature-distribution.tsx";
import { definitionWords, importanceText, unitWords } from "./words.ts";

type FeatureDrawerProps = { feature: FeatureView; onClose: () => void };

/** One feature: what it means, how it is computed, what an analyst reads, and how it is distributed. */
export function FeatureDrawer({ feature, onClose }: FeatureDrawerProps): ReactNode {
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      place="side"
      title={capitalised(feature.text)}
      description={feature.name}
    >
      <div className="space-y-5">
        <section>
          <h3 className="mb-1">In words</h3>
          <p>{definitionWords(feature)}</p>
        </section>
        <section>
          <h3 className="mb-1">How it is computed</h3>
          <p className="rounded-md bg-sunken px-3 py-2 font-medium">{feature.formula}</p>
          <p className="mt-1 text-xs text-muted">
            {feature.where}. Unit: {unitWords[feature.unit]}.
          </p>
        </section>
        <section>
          <h3 className="mb-1">What an analyst reads</h3>
          <p className="border-l-2 border-accent pl-3">{feature.example}.</p>
          <p className="mt-1 text-xs text-muted">An example, with a value that one payment in ten exceeds.</p>
        </section>
        <FeatureDistribution feature={feature} />
        <Importance feature={feature} />
      </div>
    </Dialog>
  );
}

function Importance({ feature }: { feature: FeatureView }): ReactNode {
  const { importance } = feature;
  return (
    <section>
      <h3 className="mb-1">Importance to the model</h3>
      {importance === null ? (
        <p className="text-muted">
          Not measured for this version; trainings measure it from now on, and it is stored with the model.
        </p>
      ) : (
        <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
          <dt className="text-muted">Average precision lost when its values are shuffled</dt>
          <dd className="font-medium">{importanceText(importance.permutation)}</dd>
          <dt className="text-muted">Mean size of its contribution, in log-odds</dt>
          <dd className="font-medium">{importance.meanContribution?.toFixed(3) ?? "–"}</dd>
          <dt className="text-muted">Share of the gain of all splits</dt>
          <dd className="font-medium">{percent(importance.gain)}</dd>
        </dl>
      )}
    </section>
  );
}
