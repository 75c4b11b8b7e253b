"use client";
import { Popover } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { classNames } from "#app/ui/class-names.ts";

type MenuPopoverProps = {
  label: string;
  /** the button that opened it, which gets the focus back */
  opener: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  className: string;
  children: ReactNode;
};

/** What a button opened, at its lower edge; Escape, Tab out of it or a click elsewhere close it. */
export function MenuPopover({ label, opener, onClose, className, children }: MenuPopoverProps): ReactNode {
  return (
    <Popover.Root open onOpenChange={onClose}>
      <Popover.Anchor virtualRef={opener} />
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener.current?.focus();
          }}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && opener.current?.contains(event.target))
              event.preventDefault();
          }}
          className={classNames("z-40 rounded-lg border border-line bg-surface shadow-float", className)}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
