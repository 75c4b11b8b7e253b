"use client";
import { Dialog as RadixDialog } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./line-icon.tsx";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** "side" slides in from the right and keeps the page beside it in view */
  place?: "centre" | "side";
  wide?: boolean;
  children: ReactNode;
};

/** A modal with its title; Escape and the scrim close it, focus goes back to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  place = "centre",
  wide = false,
  children,
}: DialogProps): ReactNode {
  const opener = useRef<Element | null>(null);
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className={classNames(
            "fixed z-50 flex flex-col overflow-hidden border-line bg-surface shadow-float",
            place === "centre" &&
              "top-1/2 left-1/2 max-h-[85dvh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 rounded-lg border",
            place === "centre" && (wide ? "max-w-3xl" : "max-w-md"),
            place === "side" && "inset-y-0 right-0 w-full border-l",
            place === "side" && (wide ? "max-w-4xl" : "max-w-xl"),
          )}
        >
          <header className="flex items-start justify-between gap-4 border-b border-line px-4 py-3">
            <div>
              <RadixDialog.Title className="text-sm font-semibold">{title}</RadixDialog.Title>
              {description !== undefined && (
                <RadixDialog.Description className="text-xs text-muted">
                  {description}
                </RadixDialog.Description>
              )}
            </div>
            <RadixDialog.Close asChild>
              <Button look="quiet" size="small" aria-label="Close">
                <Icon name="close" />
              </Button>
            </RadixDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
