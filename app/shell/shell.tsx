"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { CommandPalette } from "./command-palette.tsx";
import { MobileBar } from "./mobile-bar.tsx";
import { destinations } from "./navigation.ts";
import { saveRail, saveShortcuts } from "./preference-actions.ts";
import type { Preferences } from "./preferences.ts";
import { Rail } from "./rail.tsx";
import { useSession } from "./session-context.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { useShortcutListener, useShortcuts } from "./shortcuts.ts";

/** The frame around every page: rail or bottom bar, palette, shortcuts. */
export function Shell({
  preferences,
  children,
}: {
  preferences: Preferences;
  children: ReactNode;
}): ReactNode {
  const router = useRouter();
  const { permissions } = useSession();
  const [isCollapsed, setCollapsed] = useState(preferences.isRailCollapsed);
  const [areShortcutsOn, setShortcutsOn] = useState(preferences.areShortcutsOn);
  const [, startTransition] = useTransition();
  useShortcutListener(areShortcutsOn);
  useShortcuts(
    "Go to",
    destinations
      .filter((d) => permissions.includes(d.permission))
      .map((d) => ({ keys: `g ${d.key}`, label: d.label, run: () => router.push(d.href) })),
  );
  const collapse = (next: boolean): void => {
    setCollapsed(next);
    startTransition(() => saveRail(next));
  };
  const switchShortcuts = (next: boolean): void => {
    setShortcutsOn(next);
    startTransition(() => saveShortcuts(next));
  };
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <Rail theme={preferences.theme} isCollapsed={isCollapsed} onCollapse={collapse} />
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 pb-14 outline-none md:pb-0">
        {children}
      </main>
      <MobileBar theme={preferences.theme} />
      <CommandPalette />
      <ShortcutHelp areOn={areShortcutsOn} onSwitch={switchShortcuts} />
    </div>
  );
}
