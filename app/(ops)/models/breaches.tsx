"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc/client.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

/** Live guardrails that champions and canaries broke, and what was done about it. Hidden while there are none. */
export function Breaches(): ReactNode {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.model.breaches.queryOptions());
  if (data.length === 0) return null;
  return (
    <Card title="Live guardrails broken">
      <ul className="space-y-2">
        {data.map((breach) => (
          <li key={breach.id}>
            <p>
              <span className="font-medium">Version {breach.number}</span>, <RelativeTime time={breach.at} />:{" "}
              {breach.says}
            </p>
            <p className="text-muted">
              {breach.canary
                ? breach.kept
                : breach.rolledBackTo === null
                  ? `It stayed. ${breach.kept ?? ""}`
                  : `Rolled back by itself to version ${breach.rolledBackTo}.`}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
