"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonLook } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/states.tsx";
import type { TabProps } from "./tab-props.ts";

/** Champion, challengers and baselines on the same rows. */
export function ModelsTab({ view }: TabProps): ReactNode {
  return (
    <Card>
      <EmptyState
        title="Models side by side"
        icon="models"
        action={
          <Link href="/models" className={buttonLook("secondary")}>
            Look at the models
          </Link>
        }
      >
        {view.window.versions.length} versions served at some time.
      </EmptyState>
    </Card>
  );
}
