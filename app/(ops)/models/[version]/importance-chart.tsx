"use client";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { ChartFrame } from "#app/charts/chart-frame.tsx";
import { percent } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";
import type { VersionDetail } from "../types.ts";
import { capitalised } from "../words.ts";
import { importanceReading } from "./words.ts";

type ImportanceChartProps = { facts: VersionDetail["facts"]; version: VersionDetail };

const SHOWN = 15;

/** The features that the model would miss most, as bars from zero with their figures. */
export function ImportanceChart({ facts, version }: ImportanceChartProps): ReactNode {
  const shown = facts.importance.slice(0, SHOWN);
  const longest = Math.max(...shown.map(({ permutation }) => permutation ?? 0), 0);
  const featuresHref = `/models/features?set=${encodeURIComponent(version.featureSetVersion)}`;
  if (shown.length === 0) {
    return (
      <Card title="Which features matter">
        <p className="text-muted">
          Importance was not measured when this version was trained; the next training measures it.{" "}
          <Link href={featuresHref} className="text-accent underline">
            See its {facts.features} features
          </Link>
        </p>
      </Card>
    );
  }
  return (
    <ChartFrame
      title={importanceReading(facts)}
      note="Average precision lost on validation payments when a feature's values are shuffled. Features that tell the same share it."
      fileName={`importance-version-${version.number}`}
      values={{
        columns: ["Feature", "AP lost when shuffled", "Mean contribution, log-odds", "Share of gain"],
        rows: facts.importance.map((each) => [
          each.name,
          each.permutation?.toFixed(4) ?? "–",
          each.meanContribution?.toFixed(4) ?? "–",
          percent(each.gain),
        ]),
      }}
    >
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(3rem,1fr)_auto] sm:grid-cols-[minmax(0,1fr)_minmax(4rem,2fr)_auto] items-center gap-x-3 gap-y-1">
        {shown.map(({ name, text, permutation }) => (
          <Fragment key={name}>
            <Link
              href={`${featuresHref}&feature=${encodeURIComponent(name)}`}
              title={capitalised(text)}
              className="truncate text-xs text-accent hover:underline"
            >
              {name}
            </Link>
            <span aria-hidden="true" className="h-3 bg-sunken">
              <span
                className="block h-full"
                style={{
                  width: `${longest === 0 ? 0 : (Math.max(0, permutation ?? 0) / longest) * 100}%`,
                  background: "var(--chart-champion)",
                }}
              />
            </span>
            <span className="text-right text-xs font-medium">{permutation?.toFixed(4) ?? "–"}</span>
          </Fragment>
        ))}
      </div>
      <p className="mt-1 text-right text-xs text-muted">Average precision lost</p>
    </ChartFrame>
  );
}
