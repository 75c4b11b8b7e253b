"use client";
import { type ReactNode, useEffect } from "react";
import { Toaster as SonnerToaster } from "sonner";

/** Where `toast(…)` of sonner shows; tells when it does, because what is said before is lost. */
export function Toaster({ onShown }: { onShown: () => void }): ReactNode {
  useEffect(onShown, [onShown]);
  return (
    <SonnerToaster
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
