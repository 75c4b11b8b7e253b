"use client";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { FeatureSetView } from "../types.ts";

/** The vectors served beside those recomputed from the log: equal bits, or which features differ. */
export function SkewPanel({ view }: { view: FeatureSetView }): ReactNode {
  const check = view.replayCheck;
  return (
    <Card title="Proof of no skew" actions={<Verdict check={check} />}>
      <p>
        The vector that a model saw is stored with each decision. The check replays every payment and label in
        the order they were known, with the code that serves, and compares vectors and scores bit for bit.
      </p>
      {check === null ? (
        <p className="mt-2 text-muted">
          No check of this set was made yet. <Command /> makes one, and its result appears here.
        </p>
      ) : (
        <>
          <p className="mt-2">
            <RelativeTime time={check.at} />: {count(check.features.compared)} vectors compared,{" "}
            <strong>{count(check.features.differing)} differ</strong>; {count(check.scores.compared)} scores
            compared, <strong>{count(check.scores.differing)} differ</strong>
            {check.sample === null ? "" : ` (a sample of about ${count(check.sample)})`}.{" "}
            <span className="text-muted">
              Again: <Command />
            </span>
          </p>
          <Differences check={check} />
        </>
      )}
    </Card>
  );
}

type Check = NonNullable<FeatureSetView["replayCheck"]>;

function Verdict({ check }: { check: Check | null }): ReactNode {
  if (check === null) return <Badge shape="○">not checked</Badge>;
  const differing = check.features.differing + check.scores.differing;
  if (differing > 0) {
    return (
      <Badge tone="decline" shape="●">
        differences
      </Badge>
    );
  }
  if (check.features.compared === 0) return <Badge shape="○">nothing served</Badge>;
  return (
    <Badge tone="approve" shape="○">
      equal bit for bit
    </Badge>
  );
}

function Differences({ check }: { check: Check }): ReactNode {
  const { byFeature, examples } = check.features;
  if (byFeature.length === 0) return null;
  return (
    <ul className="mt-2 list-disc pl-5 text-xs">
      {byFeature.slice(0, 5).map(({ feature, rows }) => (
        <li key={feature}>
          {feature}: {count(rows)} rows
        </li>
      ))}
      {examples.length > 0 && <li>for example payments {examples.join(", ")}</li>}
    </ul>
  );
}

function Command(): ReactNode {
  return (
    <code className="rounded bg-sunken px-1 py-0.5 text-xs whitespace-nowrap">npm run replay-check</code>
  );
}
