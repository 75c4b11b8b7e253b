"use client";
import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./line-icon.tsx";

/** Explains its child on hover and focus; the child must be focusable. */
function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }): ReactNode {
  return (
    <RadixTooltip.Provider delayDuration={300}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs text-ink shadow-float"
          >
            {text}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}

/** A small "i" that defines the figure beside it. */
export function Definition({ of, text }: { of: string; text: ReactNode }): ReactNode {
  return (
    <Tooltip text={text}>
      <button
        type="button"
        aria-label={`What ${of} means`}
        className="rounded-full text-faint hover:text-ink"
      >
        <Icon name="info" size={14} />
      </button>
    </Tooltip>
  );
}
