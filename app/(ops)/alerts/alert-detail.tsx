"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Facts } from "../transactions/facts.tsx";
import { AlertActions } from "./alert-actions.tsx";
import { SeverityBadge } from "./alert-list.tsx";
import { SeriesChart } from "./series-chart.tsx";
import { type Alert, stateWords } from "./words.ts";

/** One alert: what it says, the windows that fired, and what can be done. */
export function AlertDetail({ alert }: { alert: Alert }): ReactNode {
  const { evidence, link, number, title, says } = alert;
  return (
    <div className="space-y-4">
      <Card title={`${title}, alert ${number}`} actions={<SeverityBadge alert={alert} />}>
        <div className="space-y-4">
          <p>{says}</p>
          <Facts facts={factsOf(alert)} />
          <AlertActions alert={alert}>
            <Link href={link} className={buttonLook("secondary")}>
              Open the page
            </Link>
          </AlertActions>
        </div>
      </Card>
      {evidence !== null && evidence.points.length > 1 && <SeriesChart evidence={evidence} number={number} />}
    </div>
  );
}

function factsOf(alert: Alert): [string, ReactNode][] {
  const facts: [string, ReactNode][] = [
    ["State", stateWords[alert.state]],
    ["Opened", <RelativeTime key="opened" time={alert.openedAt} />],
    ["Last seen", <RelativeTime key="seen" time={alert.lastSeenAt} />],
  ];
  if (alert.acknowledgedAt !== null) facts.push(["Looked after by", alert.acknowledgedBy ?? "a job"]);
  if (alert.silencedUntil !== null) {
    facts.push(["Silent until", <RelativeTime key="silent" time={alert.silencedUntil} />]);
  }
  if (alert.resolvedAt !== null) facts.push(["Resolved by", alert.resolvedBy ?? "itself: all is calm again"]);
  return facts;
}
