"use client";
import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { Canary } from "../types.ts";
import { armWords, checkLook, measureWords } from "./canary-words.ts";

type CanaryArmsProps = { canary: Canary; number: number };
type Check = Canary["checks"][number];

/** What became of the payments of both arms, side by side, with the guardrail on each measure. */
export function CanaryArms({ canary, number }: CanaryArmsProps): ReactNode {
  const { checks, checkedAt } = canary;
  if (checks.length === 0 || checkedAt === null)
    return <p className="text-muted">The guardrails are looked at for the first time in a few seconds.</p>;
  return (
    <div className="space-y-2">
      <ul className="divide-y divide-line border-y border-line">
        {checks.map((check) => (
          <Measure key={check.name} check={check} own={number} champion={canary.championNumber} />
        ))}
      </ul>
      <p className="text-xs text-muted">
        Looked at <RelativeTime time={checkedAt} />. Intervals are 95 % and hold at every look, however often;
        customers, not payments, are what they count. Labels come later: see Performance.
      </p>
    </div>
  );
}

function Measure({ check, own, champion }: { check: Check; own: number; champion: number }): ReactNode {
  const { name, what } = measureWords[check.name];
  const look = checkLook(check.passed);
  const highest = Math.max(top(check.canary), top(check.champion), 0.001);
  return (
    <li className="grid gap-x-4 gap-y-1 py-2 md:grid-cols-[11rem_minmax(0,1fr)_6rem]">
      <div>
        <p className="font-medium">{name}</p>
        <p className="text-xs text-muted">{what}</p>
      </div>
      <div className="min-w-0 space-y-1">
        <Arm name={`Version ${own}`} arm={check.canary} highest={highest} color="var(--chart-2)" />
        {check.name !== "latency" && (
          <Arm
            name={`Version ${champion}`}
            arm={check.champion}
            highest={highest}
            color="var(--chart-champion)"
          />
        )}
        <p className={check.passed === false ? "text-xs text-decline" : "text-xs text-muted"}>{check.says}</p>
      </div>
      <div className="md:text-right">
        <Badge tone={look.tone} shape={look.shape}>
          {look.word}
        </Badge>
      </div>
    </li>
  );
}

type ArmProps = { name: string; arm: Check["canary"]; highest: number; color: string };

/** A share as a point on its interval; the words beside it say the same. */
function Arm({ name, arm, highest, color }: ArmProps): ReactNode {
  const at = (share: number): string => `${Math.min(100, (share / highest) * 100)}%`;
  return (
    <div className="grid grid-cols-[5rem_minmax(3rem,1fr)] items-center gap-x-3 text-xs sm:grid-cols-[5rem_minmax(3rem,12rem)_auto]">
      <span className="text-muted">{name}</span>
      <span aria-hidden="true" className="relative block h-3">
        <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
        {arm.share !== null && arm.interval !== null && (
          <>
            <span
              className="absolute top-1/2 h-1 -translate-y-1/2 rounded-full opacity-40"
              style={{
                left: at(arm.interval.lower),
                width: `calc(${at(arm.interval.upper)} - ${at(arm.interval.lower)})`,
                background: color,
              }}
            />
            <span
              className="absolute top-1/2 size-2 -translate-x-1/2 -translate-y-1/2 rounded-full"
              style={{ left: at(arm.share), background: color }}
            />
          </>
        )}
      </span>
      <span className="col-span-2 tabular-nums sm:col-span-1">{armWords(arm)}</span>
    </div>
  );
}

function top({ share, interval }: Check["canary"]): number {
  return interval?.upper ?? share ?? 0;
}
