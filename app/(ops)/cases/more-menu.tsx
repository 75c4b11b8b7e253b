"use client";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { buttonLook } from "#app/ui/button.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { Icon } from "#app/ui/line-icon.tsx";

/** Something else that can be done with a case. */
export type MenuAction = { readonly label: string; readonly keys?: string; readonly run: () => void };

/** What is done less often than a verdict. Closing it gives the focus back before the action runs. */
export function MoreMenu({ actions }: { actions: readonly MenuAction[] }): ReactNode {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label="More actions"
        className={`${buttonLook("quiet")} max-md:h-11 max-md:px-2`}
      >
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-52 rounded-md border border-line bg-surface p-1 shadow-float"
        >
          {actions.map(({ label, keys, run }) => (
            <DropdownMenu.Item
              key={label}
              onSelect={() => setTimeout(run)}
              className="flex h-8 items-center justify-between gap-4 rounded px-2 outline-none data-[highlighted]:bg-accent-soft data-[highlighted]:text-accent"
            >
              {label}
              {keys !== undefined && <KeyHint keys={keys} />}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
