"use client";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { PageBody, PageHeader } from "#app/shell/page-header.tsx";
import { useSession } from "#app/shell/session-context.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { ActivePolicy } from "./active-policy.tsx";
import { ApiKeys } from "./api-keys.tsx";
import { People } from "./people.tsx";
import { Queues } from "./queues.tsx";
import { ReviewForm } from "./review-form.tsx";
import { type SettingsTab, settingsParams, tabsFor } from "./search-params.ts";
import { Webhooks } from "./webhooks.tsx";

const readings: Record<SettingsTab, string> = {
  policy: "The policy in force: what decides after lists and rules",
  review: "How cases are reviewed: claims, reasons, second looks, and what needs a second person",
  queues: "Each case goes to the first queue that takes it; General takes the rest",
  people: "Who works on cases, how many at once, and when they are away",
  keys: "What systems score payments and send labels with",
  webhooks: "Where events and alerts are sent: signed webhooks, chats and e-mail",
};
const contents: Record<SettingsTab, () => ReactNode> = {
  policy: ActivePolicy,
  review: ReviewForm,
  queues: Queues,
  people: People,
  keys: ApiKeys,
  webhooks: Webhooks,
};

/** One tab at a time, in the URL; a role sees the tabs that it may read. */
export function Settings(): ReactNode {
  const { permissions } = useSession();
  const [{ tab }, setParams] = useQueryStates(settingsParams, { history: "push" });
  const tabs = tabsFor(permissions);
  const shown = tabs.some(({ value }) => value === tab) ? tab : "policy";
  const Content = contents[shown];
  return (
    <>
      <PageHeader title="Settings" reading={readings[shown]} />
      <PageBody>
        <Tabs
          label="Which settings"
          tabs={tabs}
          value={shown}
          onChange={(next) =>
            void setParams({ tab: next, queue: null, person: null, policy: null, back: null })
          }
        />
        <Content />
      </PageBody>
    </>
  );
}
