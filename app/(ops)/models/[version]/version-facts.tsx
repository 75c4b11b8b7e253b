"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { count } from "#app/format/number.ts";
import { instant } from "#app/format/time.ts";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { VersionDetail } from "../types.ts";
import { capitalised, familyWords } from "../words.ts";
import { calibrationWords } from "./words.ts";

/** What the version is made of, and what it takes to make it again. */
export function VersionFacts({ version }: { version: VersionDetail }): ReactNode {
  const { facts, promotedAt, report } = version;
  const recalibration = report?.recalibration;
  return (
    <Card title="What it is">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        <Fact name="Family">{capitalised(familyWords(version.family))}</Fact>
        {facts.members.length > 0 && <Members members={facts.members} />}
        <Fact name="Features">
          <Link
            className="text-accent hover:underline"
            href={`/models/features?set=${encodeURIComponent(version.featureSetVersion)}`}
          >
            {count(facts.features)} of the set {version.featureSetName}
          </Link>
        </Fact>
        <Fact name="Calibration">{calibrationWords(version)}</Fact>
        {recalibration !== undefined && (
          <Fact name="Recalibrated from">
            <Link className="text-accent underline" href={`/models/${recalibration.parent.number}`}>
              version {recalibration.parent.number}
            </Link>
            : {recalibration.chosen}, Brier {recalibration.brier[recalibration.chosen].toFixed(5)} on later
            payments, {recalibration.brier.current.toFixed(5)} before
          </Fact>
        )}
        <Fact name="Made">
          <span title={instant(version.createdAt)}>
            <RelativeTime time={version.createdAt} />
          </span>
        </Fact>
        <Fact name="Promoted">
          {promotedAt === null ? (
            <span className="text-muted">never</span>
          ) : (
            <RelativeTime time={promotedAt} />
          )}
        </Fact>
        <Fact name="Seed">{facts.seed}</Fact>
        <Fact name="Libraries">
          {Object.entries(facts.libraries)
            .map(([name, used]) => `${name} ${used}`)
            .join(", ")}
        </Fact>
        <Fact name="Data">
          <Hash value={facts.dataHash} />
        </Fact>
        <Fact name="Artefact">
          <Hash value={version.artifactHash} />
        </Fact>
      </dl>
      <p className="mt-2 text-xs text-muted">
        The same payments, options and seed give the same artefact, bit for bit. Hashes are SHA-256.
      </p>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Members({ members }: Pick<VersionDetail["facts"], "members">): ReactNode {
  return (
    <Fact name="Members">
      <ul>
        {members.map(({ family, weight }) => (
          <li key={family} className="flex justify-between gap-2">
            <span>{capitalised(familyWords(family))}</span>
            <span className="text-muted">weight {weight.toFixed(3)}</span>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function Hash({ value }: { value: string }): ReactNode {
  return (
    <code title={value} className="block truncate text-xs">
      {value}
    </code>
  );
}
