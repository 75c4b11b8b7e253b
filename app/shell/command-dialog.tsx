"use client";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog as RadixDialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { setCommandPaletteOpen } from "./command-palette-state.ts";
import { destinations } from "./navigation.ts";
import { useSession } from "./session-context.tsx";
import { useShortcutGroups } from "./shortcuts.ts";

const itemLook =
  "flex h-9 items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent";
const groupLook =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted";

/** The palette itself, open. */
export function CommandDialog(): ReactNode {
  return (
    <RadixDialog.Root open onOpenChange={setCommandPaletteOpen}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-surface shadow-float"
        >
          <RadixDialog.Title className="sr-only">Search or go to</RadixDialog.Title>
          <Commands />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function Commands(): ReactNode {
  const router = useRouter();
  const { permissions } = useSession();
  const groups = useShortcutGroups();
  const [search, setSearch] = useState("");
  const run = (action: () => void): void => {
    setCommandPaletteOpen(false);
    action();
  };
  const wanted = search.trim();
  return (
    <Command label="Search or go to" loop>
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder="Go to a page, or paste an id…"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-80 overflow-y-auto p-2">
        <Command.Empty className="px-2.5 py-6 text-center text-muted">Nothing has this name.</Command.Empty>
        <Command.Group heading="Go to" className={groupLook}>
          {destinations
            .filter((d) => permissions.includes(d.permission))
            .map((d) => (
              <Command.Item
                key={d.href}
                value={d.label}
                onSelect={() => run(() => router.push(d.href))}
                className={itemLook}
              >
                <Icon name={d.icon} />
                <span className="flex-1">{d.label}</span>
                <KeyHint keys={`g ${d.key}`} />
              </Command.Item>
            ))}
        </Command.Group>
        {groups
          .filter((group) => group.name !== "Go to")
          .map((group) => (
            <Command.Group key={group.name} heading={group.name} className={groupLook}>
              {group.shortcuts.map((shortcut) => (
                <Command.Item
                  key={shortcut.keys}
                  value={`${group.name} ${shortcut.label}`}
                  onSelect={() => run(shortcut.run)}
                  className={itemLook}
                >
                  <span className="flex-1">{shortcut.label}</span>
                  <KeyHint keys={shortcut.keys} />
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        {wanted.length >= 2 && (
          <Command.Group heading="Search" forceMount className={groupLook}>
            <Command.Item
              forceMount
              value={`search ${wanted}`}
              onSelect={() => run(() => router.push(`/transactions?q=${encodeURIComponent(wanted)}`))}
              className={itemLook}
            >
              <Icon name="search" />
              Transactions with “{wanted}”
            </Command.Item>
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
