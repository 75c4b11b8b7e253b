"use client";
import type { ReactNode } from "react";
import { ErrorState } from "#app/ui/states.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps): ReactNode {
  const reference = error.digest === undefined ? "" : ` The server's log has it under ${error.digest}.`;
  return (
    <div className="grid min-h-dvh place-items-center">
      <ErrorState
        title="This page could not be shown"
        message={`Something in Assay failed.${reference}`}
        onRetry={reset}
      />
    </div>
  );
}
