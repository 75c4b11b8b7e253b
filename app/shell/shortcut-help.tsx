"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { useShortcuts } from "./shortcuts.ts";

const ShortcutList = dynamic(() => import("./shortcut-list.tsx").then((loaded) => loaded.ShortcutList));

type ShortcutHelpProps = { areOn: boolean; onSwitch: (areOn: boolean) => void };

/** `?` opens the list of keys. */
export function ShortcutHelp({ areOn, onSwitch }: ShortcutHelpProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  useShortcuts("Everywhere", [{ keys: "?", label: "Show shortcuts", run: () => setOpen(true) }]);
  return isOpen && <ShortcutList areOn={areOn} onSwitch={onSwitch} onClose={() => setOpen(false)} />;
}
