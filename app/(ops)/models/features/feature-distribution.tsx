"use client";
import type { ReactNode } from "react";
import { BarChart } from "#app/charts/bar-chart.tsx";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { percent } from "#app/format/number.ts";
import { valueWords } from "../../drift/words.ts";
import type { FeatureView } from "../types.ts";
import {
  distributionReading,
  distributionRows,
  isContinuous,
  missingShare,
  referenceNote,
  unitWords,
} from "./words.ts";

const asPercent = (value: number | string): string => percent(Number(value), 0);

/** How the feature is distributed in the reference of the model. */
export function FeatureDistribution({ feature }: { feature: FeatureView }): ReactNode {
  if (feature.distribution === null) {
    return (
      <Plain>
        No model has learned from this set yet. The first training measures how each feature is distributed.
      </Plain>
    );
  }
  if (feature.unit === "category") {
    return (
      <Plain>
        {percent(missingShare(feature))} of the payments have no value. The values are codes of texts, which
        have no order, so there are no quantiles.
      </Plain>
    );
  }
  if (missingShare(feature) === 1) return <Plain>No payment of the reference has a value.</Plain>;
  return isContinuous(feature) ? <Deciles feature={feature} /> : <Bins feature={feature} />;
}

function Plain({ children }: { children: ReactNode }): ReactNode {
  return (
    <section>
      <h3 className="mb-1">Distribution</h3>
      <p className="text-muted">{children}</p>
    </section>
  );
}

/** Few different values: how many payments have each. */
function Bins({ feature }: { feature: FeatureView }): ReactNode {
  const rows = distributionRows(feature);
  const reading = distributionReading(feature);
  return (
    <ChartFrame
      title={reading}
      note={`${referenceNote(feature)} Bins end where deciles differ.`}
      fileName={`feature-${feature.name}`}
      values={{
        columns: ["Value", "Payments", "Share of those with a value"],
        rows: rows.map(({ bin, rows: payments, share }) => [bin, payments, percent(share)]),
      }}
    >
      <BarChart
        description={reading}
        height={200}
        rows={rows.map(({ bin, share }) => ({ bin, share }))}
        x={{ key: "bin", label: `Value, ${unitWords[feature.unit]}`, format: String }}
        y={{ label: "Share of payments", format: asPercent }}
        series={[{ key: "share", label: "Share", color: "champion" }]}
        isHistogram={feature.unit !== "flag"}
      />
    </ChartFrame>
  );
}

/** Many different values: how high the tenths of the payments reach. */
function Deciles({ feature }: { feature: FeatureView }): ReactNode {
  const reading = distributionReading(feature);
  const deciles = feature.distribution?.deciles ?? [];
  const say = (value: number | string): string => valueWords(Number(value), feature.unit);
  return (
    <ChartFrame
      title={reading}
      note={`${referenceNote(feature)} Each bar is the value that so many of the payments do not exceed.`}
      fileName={`feature-${feature.name}`}
      values={{
        columns: ["Share of payments", "At or under"],
        rows: deciles.map(({ share, value }) => [asPercent(share), say(value)]),
      }}
    >
      <BarChart
        description={reading}
        height={200}
        rows={deciles.map(({ share, value }) => ({ share: asPercent(share), value }))}
        x={{ key: "share", label: "Share of payments", format: String }}
        y={{ label: `At or under, ${unitWords[feature.unit]}`, format: say }}
        series={[{ key: "value", label: "At or under", color: "champion" }]}
        isHistogram
      />
    </ChartFrame>
  );
}
