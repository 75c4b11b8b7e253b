"use client";
import type { ReactNode } from "react";
import { ErrorState } from "#app/ui/states.tsx";
import { NotEnoughData, NothingScored } from "./empty.tsx";
import type { WindowParams } from "./search-params.ts";
import type { RowCounts, WindowView } from "./types.ts";
import { Unknowns } from "./unknowns.tsx";

type LabelledView = {
  counts: RowCounts;
  window: WindowView;
  floor: { met: boolean; needed: number };
};

type LabelledWindowProps = {
  query: {
    isPending: boolean;
    isPlaceholderData: boolean;
    error: { message: string } | null;
    refetch: () => unknown;
  };
  /** null until a payment has been scored */
  view: LabelledView | null;
  /** what the page shows once there is something */
  what: string;
  skeleton: ReactNode;
  onChange: (change: Partial<WindowParams>) => void;
  /** false for what has floors of its own, and is shown with few labels too */
  needsLabels?: boolean;
  /** shown where there are labels enough */
  children: ReactNode;
  /** shown below, enough or not */
  footer?: ReactNode;
};

/** The states that every page over labelled payments has: loading, failed, nothing scored, too few labels, figures. */
export function LabelledWindow(props: LabelledWindowProps): ReactNode {
  const { query, view, what, skeleton, onChange, needsLabels = true, children, footer } = props;
  if (query.isPending) return skeleton;
  if (query.error !== null) {
    return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  }
  if (view === null) return <NothingScored what={what} />;
  const { counts, window, floor } = view;
  return (
    <div className="space-y-4" aria-busy={query.isPlaceholderData}>
      <Unknowns counts={counts} window={window} />
      {floor.met || !needsLabels ? (
        children
      ) : (
        <NotEnoughData counts={counts} needed={floor.needed} window={window} onChange={onChange} />
      )}
      {footer}
    </div>
  );
}
