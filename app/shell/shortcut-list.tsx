"use client";
import type { ReactNode } from "react";
import { Dialog } from "#app/ui/dialog.tsx";
import { KeyHint } from "#app/ui/key-hint.tsx";
import { useShortcutGroups } from "./shortcuts.ts";

type ShortcutListProps = { areOn: boolean; onSwitch: (areOn: boolean) => void; onClose: () => void };

/** Every shortcut of this page, and the switch that turns single-key shortcuts off. */
export function ShortcutList({ areOn, onSwitch, onClose }: ShortcutListProps): ReactNode {
  const groups = useShortcutGroups();
  return (
    <Dialog open onOpenChange={onClose} title="Keyboard shortcuts" wide>
      <div className="columns-1 gap-8 sm:columns-2">
        {groups.map((group) => (
          <section key={group.name} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs text-muted">{group.name}</h3>
            <dl>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.keys} className="flex h-8 items-center justify-between">
                  <dt>{shortcut.label}</dt>
                  <dd>
                    <KeyHint keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex items-center gap-2 border-t border-line pt-3">
        <input type="checkbox" checked={areOn} onChange={(event) => onSwitch(event.target.checked)} />
        Single-key shortcuts are on (⌘K always works)
      </label>
    </Dialog>
  );
}
