"use client";
import { useQueryStates } from "nuqs";
import { type ReactNode, useState } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { AlertPile } from "./alert-pile.tsx";
import { AlertRules } from "./alert-rules.tsx";
import { type AlertTab, alertParams } from "./search-params.ts";

const tabs = [
  { value: "open", label: "Open" },
  { value: "resolved", label: "Resolved" },
  { value: "rules", label: "Rules" },
] as const satisfies readonly { value: AlertTab; label: string }[];

/** What is wrong now, what was, and the rules that tell. */
export function Alerts(): ReactNode {
  const [{ tab }, setParams] = useQueryStates(alertParams, { history: "push" });
  const [reading, setReading] = useState<string | null>(null);
  return (
    <>
      <PageHeader
        title="Alerts"
        reading={tab === "rules" ? "When somebody is told, and how loud" : reading}
      />
      <PageBody>
        <Tabs
          label="Which alerts"
          tabs={tabs}
          value={tab}
          onChange={(next) => void setParams({ tab: next, alert: null, rule: null })}
        />
        {tab === "rules" ? <AlertRules /> : <AlertPile key={tab} pile={tab} onReading={setReading} />}
      </PageBody>
    </>
  );
}
