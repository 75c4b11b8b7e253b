"use client";
import type { ReactNode } from "react";
import { Toaster } from "sonner";

/** Where `toast(…)` of sonner shows. */
export function Toasts(): ReactNode {
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-md border border-line bg-surface px-4 py-3 text-sm text-ink shadow-float",
          description: "text-muted",
          actionButton: "ml-auto rounded px-2 py-1 font-medium text-accent hover:bg-hover",
          error: "border-decline",
        },
      }}
    />
  );
}
