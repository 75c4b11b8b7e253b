"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect } from "react";
import { LoadingDialog } from "#app/ui/loading-dialog.tsx";
import { setCommandPaletteOpen, useCommandPaletteOpen } from "./command-palette-state.ts";

const load = () => import("./command-dialog.tsx");
const CommandDialog = dynamic(() => load().then((loaded) => loaded.CommandDialog), {
  loading: LoadingDialog,
});

/** ⌘K: go to a page, look for a transaction, or do what the page offers. Loaded when it is first asked for. */
export function CommandPalette(): ReactNode {
  const isOpen = useCommandPaletteOpen();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // The key held down first announces what is about to be asked for.
      if (event.key === "Meta" || event.key === "Control") void load();
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setCommandPaletteOpen(true);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return isOpen && <CommandDialog />;
}
