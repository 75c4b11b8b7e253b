"use client";
import type { ReactNode } from "react";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { openCommandPalette } from "./command-palette-state.ts";

type PageHeaderProps = {
  title: ReactNode;
  /** one line that says what the page shows now, with its figures; null while it loads */
  reading: ReactNode;
  /** the time range or other controls of the whole page */
  actions?: ReactNode;
};

/** The top bar: every page begins with one. */
export function PageHeader({ title, reading, actions }: PageHeaderProps): ReactNode {
  return (
    <header className="sticky top-0 z-20 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-canvas/95 px-4 py-2 md:px-6">
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="text-lg leading-6">{title}</h1>
        <p className="min-h-5 text-muted">{reading}</p>
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      <button
        type="button"
        onClick={openCommandPalette}
        className="hidden h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-muted hover:bg-hover md:flex"
      >
        <Icon name="search" />
        <span className="sr-only lg:not-sr-only">Search or go to</span>
        <KeyHint keys="⌘K" />
      </button>
    </header>
  );
}

/** The space under the header, in the shell's measure. */
export function PageBody({ children }: { children: ReactNode }): ReactNode {
  return <div className="space-y-4 p-4 md:p-6">{children}</div>;
}
